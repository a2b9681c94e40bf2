"""A user's own account: second factors, and where they are signed in."""

from __future__ import annotations

import base64

import qrcode
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from qrcode.image.svg import SvgPathImage

from aljabr.registry.accounts.codes import address_of_generator, begin_generator, confirm_generator, remove_factor
from aljabr.registry.accounts.keys import add_key, begin_key
from aljabr.registry.accounts.models import Factor, Notice, SignIn
from aljabr.registry.accounts.queries import viewer_of
from aljabr.registry.accounts.signing import complete_sign_in, has_factor, is_complete, is_fresh, open_sign_ins, revoke_sign_in
from aljabr.registry.viewers import Conflict, NotAllowed, Viewer
from aljabr.registry.web.forms import code
from aljabr.registry.web.pages import Page, found
from aljabr.registry.web.views.sign_in import body_of, sign_in_of


def _enrolling(request: Page) -> tuple[SignIn, Viewer]:
    """The user who may add a factor: the first one after the password, any other after a factor they have."""
    sign_in = sign_in_of(request)
    if has_factor(sign_in.user) and not is_complete(sign_in):
        raise NotAllowed("Give your second factor first.", "Sign in with it; a recovery code counts too.")
    if not is_fresh(sign_in):
        raise NotAllowed("Give your password again first.", "Open /sign-in/again.")
    own = viewer_of(sign_in.user)
    own.bind()
    return sign_in, own


def factors(request: Page) -> HttpResponse:
    """Show the user's second factors and sign-ins, with the ways to add one."""
    sign_in = sign_in_of(request)
    known = has_factor(sign_in.user)
    if known and not is_complete(sign_in):
        return redirect("second-factor")
    shown = Factor.objects.filter(user=sign_in.user, confirmed_at__isnull=False, removed_at=None).order_by("pk")
    context = {"factors": shown, "missing": not known and not sign_in.user.is_demo, "sign_ins": open_sign_ins(sign_in.user_id)}
    return render(request, "registry/factors.html", {**context, "current": sign_in.pk, "fresh": is_fresh(sign_in)})


def begin_code(request: Page) -> HttpResponse:
    """Make a generator's secret and show it once."""
    sign_in, _ = _enrolling(request)
    factor, secret = begin_generator(sign_in.user)
    request.session["generator"] = factor.pk
    address = address_of_generator(sign_in.user, secret)
    drawn = qrcode.make(address, image_factory=SvgPathImage).to_string()
    context = {"secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)), "address": address}
    return render(request, "registry/generator.html", {**context, "picture": base64.b64encode(drawn).decode()})


def confirm_code(request: Page) -> HttpResponse:
    """Take the first code of a generator; with the first factor come recovery codes."""
    sign_in, own = _enrolling(request)
    factor = found(Factor.objects.filter(pk=request.session.get("generator", 0), user=sign_in.user, confirmed_at=None).first())
    try:
        codes = confirm_generator(own, factor, code(request))
    except Conflict:
        return render(request, "registry/generator.html", {"failed": True}, status=409)
    del request.session["generator"]
    complete_sign_in(request, sign_in)
    return render(request, "registry/recovery_codes.html", {"codes": codes})


def begin_key_making(request: Page) -> HttpResponse:
    """Send what a browser makes a key with."""
    sign_in, _ = _enrolling(request)
    options, state = begin_key(sign_in.user, request.get_host())
    request.session["key_making"] = state
    return JsonResponse(options)


def make_key(request: Page) -> HttpResponse:
    """Take the key a browser made; with the first factor come recovery codes."""
    sign_in, own = _enrolling(request)
    state = found(request.session.pop("key_making", None))
    codes = add_key(own, request.get_host(), state, body_of(request), label=request.GET.get("label", ""))
    complete_sign_in(request, sign_in)
    return JsonResponse({"recovery_codes": codes})


def end_factor(request: Page, factor_id: int) -> HttpResponse:
    """Take a factor out of use."""
    _enrolling(request)
    remove_factor(request.viewer, factor_id)
    return redirect("factors")


def end_elsewhere(request: Page, sign_in_id: int) -> HttpResponse:
    """End one of one's own sign-ins."""
    revoke_sign_in(request.viewer, sign_in_id)
    return redirect("factors")


def mark_seen(request: Page, notice_id: int) -> HttpResponse:
    """Take a notice off the work page."""
    Notice.objects.filter(pk=notice_id, user_id=request.viewer.person, seen_at=None).update(seen_at=timezone.now())
    return redirect("work")
