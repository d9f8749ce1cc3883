# Claimdesk for production: one image for web, worker and beat. Build: docker build -t claimdesk .

FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
# base, or dense with what a sentence model needs: docker build --build-arg LOCK=dense
ARG LOCK=base
COPY requirements/${LOCK}.txt /build/lock.txt
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --quiet --require-hashes --requirement /build/lock.txt

FROM python:3.11-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    CLAIMDESK_DATA=/data STATIC_ROOT=/app/staticfiles CLAIMDESK_HOST=0.0.0.0
RUN useradd --system --uid 10001 --create-home claimdesk && install -d -o claimdesk -g claimdesk /data
COPY --from=build /opt/venv /opt/venv
COPY . /app
WORKDIR /app
# Collecting reads the settings, and they want a key; this one signs nothing and is not in the image's environment.
RUN SECRET_KEY=only-to-collect CLAIMDESK_DATA=/build-data python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf /build-data
USER claimdesk
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=6s --start-period=60s CMD \
    ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=5)"]
CMD ["gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "2", "--threads", "8", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
