"""Addresses, made from the table of routes so that none is without a permission."""

from django.urls import path

from aljabr.registry.web.pages import page
from aljabr.registry.web.routes import ROUTES

urlpatterns = [
    path(route.pattern, page(route.view, permission=route.permission, methods=route.methods), name=route.name) for route in ROUTES
]
