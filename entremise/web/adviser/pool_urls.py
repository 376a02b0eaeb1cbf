"""The addresses of what surrounds the pool's list: the map, the comparison, why a rank."""

from django.urls import path

from entremise.web.adviser import pool_compare, pool_map, pool_rank

urlpatterns = [
    path("vivier/carte/", pool_map.pool_map, name="pool_map"),
    path("vivier/comparer/", pool_compare.pool_compare, name="pool_compare"),
    path("vivier/<uuid:pk>/rang/", pool_rank.pool_rank, name="pool_rank"),
]
