"""The interface itself, made from the table of operations; OpenAPI is at ``/api/v1/openapi.json``."""

from __future__ import annotations

import re
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from aljabr.registry.api.asking import Session, Token, operation
from aljabr.registry.api.problems import MEDIA_TYPE, say_problems
from aljabr.registry.api.routes import API_ROUTES, PREFIX
from aljabr.registry.api.schemas import Problem

REFUSALS = (400, 401, 403, 404, 409, 410, 422)


class Interface(NinjaAPI):
    """The interface, whose errors OpenAPI shows as the problem documents they are."""

    def get_openapi_schema(self, **settings: Any) -> OpenAPISchema:
        """Return the description of every operation."""
        schema = super().get_openapi_schema(**settings)
        for methods in schema["paths"].values():
            for described in methods.values():
                for status, answer in described["responses"].items():
                    if int(status) in REFUSALS:
                        answer["content"] = {MEDIA_TYPE: next(iter(answer["content"].values()))}
        return schema


api = Interface(title="Aljabr registry", version="1", urls_namespace="api", docs_url=None, auth=[Token(), Session()])
say_problems(api)
for _route in API_ROUTES:
    api.default_router.add_api_operation(
        "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", _route.pattern.removeprefix(PREFIX)),
        list(_route.methods),
        operation(_route.view, permission=_route.permission, status=_route.status),
        response={_route.status: _route.answer, **dict.fromkeys(REFUSALS, Problem)},
        operation_id=_route.name.removeprefix("api-"),
        url_name=_route.name,
        openapi_extra={"x-permission": _route.permission},
    )
