import { defineConfig } from '@graphql-hive/gateway';

// HIVE_SHARING: "off", "calls" (equal subgraph requests in flight, Hive's default) or "operations" (equal client requests too).
const sharing = process.env.HIVE_SHARING;

export const gatewayConfig = defineConfig({
  inboundInflightRequestDeduplication: sharing === 'operations',
  transportEntries: { '*.http': { options: { deduplicateInflightRequests: sharing !== 'off' } } },
});
