# The site or the worker, with an outside PostgreSQL 18 (see compose.yaml).
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 ENTREMISE_VAR=/var/lib/entremise ENTREMISE_BIND=0.0.0.0
WORKDIR /srv
# What draws the text of PDF documents.
RUN apt-get update && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/*
COPY requirements/run.txt requirements/run.txt
RUN pip install --require-hashes --disable-pip-version-check -r requirements/run.txt
COPY entremise entremise
RUN useradd --system --uid 10001 entremise && install -d -o entremise -m 0700 /var/lib/entremise \
    && printf '#!/bin/sh\nexec python -m entremise.config.cli "$@"\n' > /usr/local/bin/entremise && chmod 755 /usr/local/bin/entremise
ENV PYTHONPATH=/srv
USER entremise
VOLUME /var/lib/entremise
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen(r.Request('http://127.0.0.1:8000/sante/', headers={'Host': 'localhost'}), timeout=2)"]
CMD ["entremise", "run"]
