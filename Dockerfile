# syntax=docker/dockerfile:1
# Three stages: web app, server, and a small image without any build tool that runs as an ordinary user.

FROM node:22-bookworm-slim AS web
WORKDIR /source/web
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY openapi.json /source/openapi.json
COPY web/ ./
RUN npm run build

FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS server
WORKDIR /source
COPY Atrium.slnx global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src/ src/
COPY --from=web /source/web/dist web/dist
RUN dotnet publish src/Atrium.Host/Atrium.Host.csproj -c Release -o /app -p:RunAnalyzers=false -p:RestoreLockedMode=true $([ "$(uname -m)" = x86_64 ] && echo -p:CompileAhead=true)

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble
RUN apt-get update \
    && apt-get install -y --no-install-recommends libsqlite3-0 libcrypt1 ffmpeg poppler-utils libvips-tools \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -o app -g app -m 700 /data /backups
COPY --from=server /app /app
ENV BIND=0.0.0.0 PORT=8080 ATRIUM_DATA=/data BACKUP_DIR=/backups
USER app
WORKDIR /data
VOLUME ["/data", "/backups"]
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["dotnet", "/app/atrium.dll", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "/app/atrium.dll"]
CMD ["run"]
