"""Addresses, made from the table of routes so that none is without a permission."""

from django.urls import URLPattern, URLResolver, path

from aljabr.registry.api.interface import api
from aljabr.registry.api.routes import PREFIX
from aljabr.registry.web.pages import page
from aljabr.registry.web.routes import ROUTES

urlpatterns: list[URLPattern | URLResolver] = [
    path(route.pattern, page(route.view, permission=route.permission, methods=route.methods), name=route.name) for route in ROUTES
]
urlpatterns.append(path(PREFIX, api.urls))
