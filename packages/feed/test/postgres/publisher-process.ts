import { openPostgresFeedStore } from '@stance/feed/postgres';

// A process of its own that publishes to a feed, for who wants to do it harm.
const { FEED_URL: url = '', FEED_SCHEMA: schema = '' } = process.env;
await openPostgresFeedStore({ url, schema });
process.stdout.write('publishes\n');
// Until it is killed.
setInterval(() => undefined, 1000);
