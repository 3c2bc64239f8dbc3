# One image for all services: the command says which one runs (see docker-compose.yml).
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /source
COPY . .
RUN npm run build

FROM ${NODE_IMAGE}
ENV NODE_ENV=production STANCE_HOST=0.0.0.0
WORKDIR /app
# Built once, by another user: the service may read it and write only to /app/data.
COPY --from=build /source/dist/ ./dist/
COPY --from=build /source/dist/package.json ./
RUN mkdir data && chown 65534:65534 data
USER 65534:65534
VOLUME /app/data
EXPOSE 4000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.STANCE_PORT || 4000}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node"]
CMD ["dist/standalone.js"]
