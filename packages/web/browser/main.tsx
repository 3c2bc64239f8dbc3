import { render } from 'preact';

import { followAddress } from './address/current.ts';
import { App } from './app.tsx';
import { followLive } from './data/live.ts';
import './style/chart.css';
import './style/bands.css';
import './style/page.css';
import './style/history.css';
import './style/between.css';
import './style/compare.css';
import './style/operations.css';
import './style/print.css';

const root = document.querySelector('#page');
if (root === null) throw new Error('index.html has no #page');
followAddress();
followLive();
render(<App />, root);
