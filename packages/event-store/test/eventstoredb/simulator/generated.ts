import { createRequire } from 'node:module';

import type * as featureTypes from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type * as sharedTypes from '@eventstore/db-client/generated/shared_pb.js';
import type * as streamTypes from '@eventstore/db-client/generated/streams_pb.js';

// The classes that the client's own build has generated from the .proto files of the server. They are CommonJS whose names
// cannot be seen from outside, and each must be the very one that the client's services check messages against: so they are
// required, as the client requires them.
const require = createRequire(import.meta.url);

export const shared = require('@eventstore/db-client/generated/shared_pb.js') as typeof sharedTypes;

export const streams = require('@eventstore/db-client/generated/streams_pb.js') as typeof streamTypes;

export const features = require('@eventstore/db-client/generated/serverfeatures_pb.js') as typeof featureTypes;
