# Otklik for production: one image, run as `web`, `worker` or `migrate` against an external PostgreSQL (compose.yaml).
FROM python:3.13-slim AS packages
COPY requirements.lock /tmp/
RUN python -m venv /opt/otklik \
 && /opt/otklik/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --require-hashes -r /tmp/requirements.lock

FROM python:3.13-slim
RUN useradd --uid 10001 --create-home --home-dir /var/lib/otklik otklik
COPY --from=packages /opt/otklik /opt/otklik
COPY src /srv/otklik/src
COPY pyproject.toml /srv/otklik/
ENV PATH=/opt/otklik/bin:$PATH PYTHONPATH=/srv/otklik/src PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    OTKLIK_DATA=/var/lib/otklik OTKLIK_STATIC=/srv/otklik/static OTKLIK_HOST=0.0.0.0 \
    OTKLIK_LOG_FORMAT=json
RUN python -m compileall -q /srv/otklik/src \
 && python -m otklik translations \
 && DJANGO_SETTINGS_MODULE=otklik.config.settings python -c "import django; django.setup(); \
    from otklik.config.web.static_collection import collect; collect()" \
 && chown -R otklik /var/lib/otklik /srv/otklik/static
USER otklik
EXPOSE 8000 8024 8025
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD python -c "import urllib.request; urllib.request.urlopen('http://localhost:8000/livez', timeout=4)"
ENTRYPOINT ["python", "-m", "otklik"]
CMD ["web", "--workers", "2"]
