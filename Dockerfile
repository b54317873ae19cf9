# sejul in a container: the GPU variant is the default (torch's own wheels bring CUDA, the host gives the driver).
#
#   docker build -t sejul .
#   docker build -t sejul:cpu --build-arg TORCH_INDEX=<the CPU wheel index that pytorch.org names> .
#   docker build -t sejul:kobart --build-arg SEJUL_BAKE=kobart .
#
# Any base with Python 3.11 or later will do, as long as both stages use the same one.
ARG BASE=python:3.12-slim

FROM ${BASE} AS builder
ARG EXTRAS=ctranslate,chat
# An index that holds torch without CUDA; empty takes the usual one.
ARG TORCH_INDEX=
# A card's name: its weights are fetched at build time and lie in the image.
ARG SEJUL_BAKE=
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
RUN python3 -m venv /opt/sejul
# The libraries first: they change less often than the app, and this layer is the heavy one. The lock is a list of
# constraints here, so that what only developers need stays out.
COPY requirements.lock pyproject.toml README.md LICENSE ./
COPY deploy/runtime_requirements.py deploy/
RUN python3 deploy/runtime_requirements.py "${EXTRAS}" > runtime.txt \
    && env ${TORCH_INDEX:+PIP_EXTRA_INDEX_URL="${TORCH_INDEX}"} /opt/sejul/bin/pip install -c requirements.lock -r runtime.txt
COPY app app
COPY models models
COPY prompts prompts
COPY examples examples
# README and LICENSE came before; the build backend reads them.
RUN /opt/sejul/bin/pip install --no-deps . \
    && mkdir -p /opt/sejul/models/weights && cp models/*.toml models/order.txt /opt/sejul/models/ \
    && if [ -n "${SEJUL_BAKE}" ]; then SEJUL_MODELS_DIR=/opt/sejul/models /opt/sejul/bin/sejul models pull "${SEJUL_BAKE}"; fi \
    && /opt/sejul/bin/pip uninstall --yes pip \
    && find /opt/sejul/lib -depth -type d \( -name tests -o -name test \) -exec rm -rf {} +

FROM ${BASE} AS runtime
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="sejul" \
      org.opencontainers.image.description="Korean newspaper pages in, articles out: a headline and three true lines each" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --gid 10001 sejul \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/cache/sejul --shell /usr/sbin/nologin sejul \
    && install -d -o 10001 -g 10001 /var/cache/sejul
COPY --from=builder /opt/sejul /opt/sejul
ENV PATH=/opt/sejul/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/var/cache/sejul \
    XDG_CACHE_HOME=/var/cache/sejul \
    HF_HUB_OFFLINE=1 \
    DISABLE_SAFETENSORS_CONVERSION=1 \
    SEJUL_MODELS_DIR=/opt/sejul/models \
    SEJUL_HOST=0.0.0.0 \
    SEJUL_PORT=8000 \
    SEJUL_LOG_FORMAT=json
USER 10001:10001
WORKDIR /var/cache/sejul
# The root file system may be read-only; what is written at all (a converted model) goes here.
VOLUME ["/var/cache/sejul"]
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
    CMD ["python3", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"SEJUL_PORT\"]}/healthz', timeout=2)"]
ENTRYPOINT ["sejul"]
CMD ["serve"]
