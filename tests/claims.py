"""What no text that we ship may say (EVIDENCE 7, "may not say"), and a look through a text for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_HEALTH = r"(osteoporosis|bones?|fractures?|falls?|falling|illness\w*|diseases?|arthritis|pain|depression|anxiety)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A kind of claim. One that is `deniable` may stand where the same sentence denies it: "it does not treat"."""

    pattern: str
    planted: tuple[str, ...]  # sentences that it has to find
    deniable: bool = True


RULES: Mapping[str, Rule] = {
    "treats": Rule(
        pattern=rf"\b(treat|prevent|cure|heal|revers|alleviat|stop)(e?s|e|ed|ing)?\b[^.;:]{{0,40}}?\b{_HEALTH}\b",
        planted=(
            "This treats osteoporosis.",
            "It helps to prevent hip fractures.",
            "Rows can cure your back pain.",
            "It reverses bone loss.",
        ),
    ),
    "diagnoses": Rule(pattern=r"\bdiagnos(e|es|ed|ing|is|tic)\b", planted=("It diagnoses weak bones.",)),
    "monitors": Rule(
        pattern=r"\bmonitor(s|ing)?\s+(your|the)\s+(condition|health|bones?)|\balerts?\s+(your|the)\s+(doctor|clinician)",
        planted=("We are monitoring your condition.", "It alerts your doctor."),
    ),
    "bone density": Rule(
        pattern=r"\b(increas|improv|rais|build|gain|boost|restor|higher|more)\w*\b[^.;:]{0,25}\bbone (density|mass)"
        r"|\bbone (density|mass)[^.;:]{0,25}\b(ris|increas|improv|grow|gain)\w*",
        planted=("It increases your bone density.", "Watch your bone density rise."),
    ),
    "stronger bones": Rule(
        pattern=r"\b(strong|dens|thick|health|hard)(er|ier|y)?\s+bones?\b|\bbones?\b[^.;:]{0,15}\b(strong|dens|thick)er\b"
        r"|\bstrengthen(s|ing)?\s+(your\s+)?bones?\b|\bbuild(s|ing)?\s+(your\s+)?bones?\b",
        planted=("Stronger bones in eight weeks.", "Your bones are stronger now.", "This strengthens your bones."),
    ),
    "risk": Rule(
        pattern=r"\brisk\s+(score|is|was|of \w+ (is|was|falls|drops))\b|\b(low|lower|high|higher|reduced)\s+risk\b"
        r"|\b(reduc|lower|cut)\w*\b[^.;:]{0,25}\brisk\b|\bfracture[- ]risk\b",
        planted=("Your fracture risk is nine per cent.", "You are at low risk.", "It lowers your risk of falling."),
    ),
    "safe": Rule(
        pattern=r"\byou(r \w+)?( are|'re| is)( now| quite)? safe\b|\b(completely|perfectly|proven|absolutely) safe\b"
        r"|\bsafe for (everyone|everybody|all)\b",
        planted=("You are safe.", "It is completely safe.", "This is safe for everyone."),
    ),
    "proven": Rule(
        pattern=r"\b(clinically|scientifically|medically)[- ](proven|tested|validated|approved)\b|\bmedical[- ]grade\b"
        r"|\b(doctor|physician|physio\w*|FDA|clinician)[- ](approved|recommended)\b|\breplaces? (a |your )?physio",
        planted=("Clinically proven.", "A medical-grade coach.", "Doctor approved.", "It replaces physiotherapy."),
    ),
    "guaranteed": Rule(
        pattern=r"\bguarante\w+\b[^.;:]{0,30}\b(weight|health|strength|results?|success|bones?|balance)\b|\bafterburn\b",
        planted=("Guaranteed weight loss.", "Enjoy the afterburn."),
    ),
    "metabolism": Rule(
        pattern=r"\b(boost|rais|speed|fire|increas)\w*\b[^.;:]{0,20}\bmetabolism\b|\b(burns?|melts?) (away )?fat\b"
        r"|\blose weight\b",
        planted=("It boosts your metabolism.", "Squats burn fat.", "You will lose weight."),
    ),
    "names": Rule(
        pattern=r"\bBorg\b|\bPAR-?Q\b|\bFES-?I\b|\bROS\b|\bOtago\b|\bACC\b|\bBone ?Fit\b|\bLIFTMOR\b|\bOnero\b",
        planted=(
            "On the Borg scale.",
            "A PAR-Q+ questionnaire.",
            "The short FES-I.",
            "ROS says so.",
            "Otago exercises.",
            "From the ACC.",
            "A Bone Fit coach.",
            "Based on LIFTMOR.",
            "Like Onero.",
        ),
        deniable=False,
    ),
}
_DENIED = re.compile(r"\b(not|no|never|nor|neither|cannot|nothing|nobody)\b|n't\b", re.IGNORECASE)
_NAMES = frozenset({"names"})  # written as they are: "ros" and "acc" in lower case are parts of other things


def claims(text: str) -> Iterator[tuple[str, str]]:
    """Each claim in a text: its kind, and the sentence that makes it."""
    for sentence in re.split(r"(?<=[.!?])\s+|\n\s*\n|\n(?=[-*|#])", text):
        flat = " ".join(sentence.split())
        for kind, rule in RULES.items():
            for found in re.finditer(rule.pattern, flat, 0 if kind in _NAMES else re.IGNORECASE):
                if not (rule.deniable and _DENIED.search(flat[: found.start()])):
                    yield kind, flat
                    break
