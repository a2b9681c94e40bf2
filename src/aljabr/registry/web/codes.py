"""What the registry's own codes are called: roles, principals, kinds of people, states, events. A programme's labels come first."""

from __future__ import annotations

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

_ROLES = {
    "intake_officer": _("intake officer"),
    "reviewer": _("reviewer"),
    "secretary": _("secretary of a body"),
    "member": _("member of a body"),
    "finance_officer": _("finance officer"),
    "auditor": _("auditor"),
    "observer": _("observer"),
    "mediator": _("mediator"),
    "administrator": _("administrator"),
}
_PRINCIPALS = {
    "executive": _("the government and its ministries"),
    "judiciary": _("the judiciary"),
    "governorate": _("the governorate"),
    "human_rights_commission": _("the human rights commission"),
    "kurdistan_region": _("the Kurdistan Region"),
    "united_nations": _("the United Nations"),
    "victims_association": _("the victims' association"),
    "independent": _("independent"),
}
_PEOPLE = {
    "claimant": _("claimant"),
    "victim": _("the person harmed"),
    "relative": _("relative"),
    "next_of_kin": _("next of kin"),
    "witness": _("witness"),
    "representative": _("representative"),
    "respondent": _("respondent"),
    "in_law": _("by marriage"),
    "parent": _("parent"),
    "child": _("child"),
    "sibling": _("brother or sister"),
    "f": _("woman"),
    "m": _("man"),
}
_OUTCOMES = {
    "granted": _("granted"),
    "denied": _("denied"),
    "incomplete": _("something is missing"),
    "held": _("held for a closer look"),
    "received": _("received"),
    "form_issued": _("the form was issued"),
    "answered": _("answered"),
    "silent": _("no answer came"),
    "objection": _("an objection was made"),
    "assessed": _("assessed"),
    "approved": _("approved"),
    "returned": _("sent back"),
    "ratified": _("ratified"),
    "amended": _("amended"),
    "annulled": _("annulled"),
    "upheld": _("upheld"),
    "inadmissible": _("not admissible"),
    "funded": _("funded"),
    "paid": _("paid"),
    "withdrawn": _("withdrawn"),
    "for": pgettext_lazy("vote", "for"),
    "against": pgettext_lazy("vote", "against"),
    "abstain": pgettext_lazy("vote", "abstains"),
    "in_person": _("in person"),
    "mukhtar": _("through the mukhtar"),
    "bailiff": _("by the bailiff"),
    "sms": _("by SMS, acknowledged"),
    "publication": _("by publication"),
}
_OVERLAPS = {
    "same_person": _("the same person, the same loss"),
    "relatives": _("a relative, the same loss"),
    "two_heads": _("the same loss under two heads"),
    "same": pgettext_lazy("verdict", "the same"),
    "different": pgettext_lazy("verdict", "different"),
    "unsure": pgettext_lazy("verdict", "not sure"),
}
_AREAS = {"IQ-NI": _("Ninewa"), "*": _("everywhere")}
_EVENTS = {
    "claim.lodged": _("The claim was filed"),
    "request.sent": _("A request was sent to an outside body"),
    "request.answered": _("An outside body answered"),
    "reviewer.drawn": _("A reviewer was drawn by lot"),
    "view.written": _("The reviewer wrote a view"),
    "proposal.seen": _("The reviewer saw what the tables propose"),
    "item.proposed": _("The reviewer proposed an outcome"),
    "evidence.asked": _("The claimant was asked for something"),
    "evidence.answered": _("The claimant answered"),
    "evidence.waived": _("A demand of evidence was waived"),
    "motion.opened": _("An outcome was put to the vote"),
    "motion.closed": _("A motion was closed"),
    "vote.cast": _("A seat voted"),
    "votes.cast": _("A seat voted on a schedule"),
    "decision.issued": _("A decision was issued"),
    "decision.corrected": _("A decision was corrected"),
    "correction.opened": _("A correction was put to the vote"),
    "service.recorded": _("Service was recorded"),
    "service.attempted": _("Service was attempted"),
    "decision.served": _("The decision was served"),
    "service.failed": _("Service failed"),
    "period.ended": _("The period for an appeal ended"),
    "appeal.lodged": _("An appeal was lodged"),
    "appeal.settled": _("An appeal was settled"),
    "recusal.declared": _("An officer was recused"),
    "doubt.settled": _("A doubt about kinship was settled"),
    "mail.recorded": _("A letter was recorded"),
    "item.withdrawn": _("The claimant withdrew"),
    "item.reopened": _("The claim was opened again"),
    "item.taken_out": _("The item was taken out of a schedule"),
    "run.recorded": _("Proposals of a run were recorded"),
}
LABELS = {**_ROLES, **_PRINCIPALS, **_PEOPLE, **_OUTCOMES, **_OVERLAPS, **_AREAS, **_EVENTS}


def label(code: str) -> str:
    """Return what a code is called in the page's language; the code itself where nobody named it."""
    return str(LABELS[code]) if code in LABELS else gettext(code) if code else ""
