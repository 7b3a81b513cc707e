# One image, two commands: the gateway, and the host of the embedded province's systems (docker-compose.yml).
FROM node:26-bookworm-slim AS build
WORKDIR /app
COPY . .
# `npm ci` builds (the prepare script); the tools that built are then left behind.
RUN npm ci && npm prune --omit=dev --ignore-scripts

FROM node:26-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/schema ./schema
COPY --from=build /app/subgraphs/province ./subgraphs/province
RUN mkdir /data && chown node:node /data
USER node
CMD ["node", "dist/lienthong.js", "--help"]
