"""Sign-in: name and password, then a second factor; too many wrong attempts for a name or an address are barred for a while."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.contrib.auth import authenticate
from django.http import HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from aljabr.registry.accounts.codes import take_code
from aljabr.registry.accounts.keys import begin_proof, keys_of_user, take_proof
from aljabr.registry.accounts.models import SignIn, User
from aljabr.registry.accounts.signing import (
    address_key,
    bar_attempt,
    complete_sign_in,
    end_sign_in,
    forgive,
    freshen,
    has_factor,
    name_key,
    start_sign_in,
)
from aljabr.registry.viewers import Unreadable
from aljabr.registry.web.forms import code
from aljabr.registry.web.pages import Page, found


def target_of(request: Page) -> str:
    """Return where to go on to: a page of ours, never another's."""
    target = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return target if safe else "/"


def sign_in_of(request: Page) -> SignIn:
    """Return the sign-in of a page that has one."""
    return found(request.sign_in)  # type: ignore[no-any-return]


def sign_in(request: Page) -> HttpResponse:
    """Ask for name and password."""
    if request.method != "POST":
        return _form(request, "sign_in")
    username = request.POST.get("username", "")
    name, address = name_key(username), address_key(request)
    barred = bar_attempt(name, address)
    user = None if barred else authenticate(request, username=username, password=request.POST.get("password", ""))
    if not isinstance(user, User):
        return _form(request, "sign_in", failed=True, barred=barred)
    forgive(name, address)
    start_sign_in(request, user)
    return redirect(target_of(request))


def second_factor(request: Page) -> HttpResponse:
    """Ask for a code or a key after the password."""
    sign_in = sign_in_of(request)
    if not has_factor(sign_in.user):
        return redirect("factors")
    if request.method != "POST":
        return _form(request, "second_factor", keys=keys_of_user(sign_in.user))
    key = f"second:{sign_in.user_id}"
    barred = bar_attempt(key)
    if barred or not take_code(sign_in.user, code(request)):
        return _form(request, "second_factor", failed=True, barred=barred, keys=keys_of_user(sign_in.user))
    forgive(key)
    complete_sign_in(request, sign_in)
    return redirect(target_of(request))


def begin_key_proof(request: Page) -> HttpResponse:
    """Send the challenge a key must sign."""
    options, state = begin_proof(sign_in_of(request).user, request.get_host())
    request.session["key_proof"] = state
    return JsonResponse(options)


def prove_key(request: Page) -> HttpResponse:
    """Take a signed challenge; each is taken once."""
    sign_in = sign_in_of(request)
    key = f"second:{sign_in.user_id}"
    state = request.session.pop("key_proof", None)
    if bar_attempt(key) or state is None or not take_proof(sign_in.user, request.get_host(), state, body_of(request)):
        return JsonResponse({"failed": True}, status=403)
    forgive(key)
    complete_sign_in(request, sign_in)
    return JsonResponse({"next": target_of(request)})


def password_again(request: Page) -> HttpResponse:
    """Ask for the password again before a grave act."""
    sign_in = sign_in_of(request)
    if request.method != "POST":
        return _form(request, "password_again")
    key = name_key(sign_in.user.username)
    barred = bar_attempt(key)
    if barred or not sign_in.user.check_password(request.POST.get("password", "")):
        return _form(request, "password_again", failed=True, barred=barred)
    forgive(key)
    freshen(sign_in)
    return redirect(target_of(request))


def sign_out(request: Page) -> HttpResponse:
    """End the session."""
    end_sign_in(request, sign_in_of(request))
    return redirect("sign-in")


def body_of(request: Page) -> dict[str, Any]:
    """Return the JSON object a page's script sent.

    Raises
    ------
    Unreadable
        When it is none.
    """
    try:
        sent = json.loads(request.body)
    except (ValueError, RawPostDataException):
        sent = None
    if not isinstance(sent, dict):
        raise Unreadable("This is no answer of a key.", "Try again.")
    return sent


def _form(
    request: Page, name: str, *, failed: bool = False, barred: datetime | None = None, keys: list[Any] | None = None
) -> HttpResponse:
    context = {"next": target_of(request), "failed": failed, "barred": barred, "keys": keys}
    return render(request, f"registry/{name}.html", context, status=429 if barred else 403 if failed else 200)
