"""What is fast, measured: one command each (`make bench BENCH=name`), against what a user would pick instead.

The search engine has several, each smaller on request (`ARGS="--people 200000 --queries 300"`): `matching` (time,
exactness, the least to read), `matching_postgres`, `matching_growth`, `rows` (made from the database), `updates`
(changes while others search), `pool_http` (pages over HTTP), `quality` (who is shown).
"""
