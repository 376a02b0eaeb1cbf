"""An offer for the machines of other sites: schema.org JobPosting, an Atom feed. Pure text."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from entremise.offers.enums import PayPeriod
from entremise.people.enums import ContractKind, WorkingTime

# What would end a script, or a comment in it, is written otherwise: the text stays the same for who reads the JSON.
_IN_SCRIPT: Final = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}
_UNITS: Final = {PayPeriod.HOUR: "HOUR", PayPeriod.MONTH: "MONTH", PayPeriod.YEAR: "YEAR"}
_TIMES: Final = {WorkingTime.FULL: ["FULL_TIME"], WorkingTime.PART: ["PART_TIME"]}
_SHORT: Final = {ContractKind.CDD, ContractKind.TEMPORARY, ContractKind.SEASONAL}


@dataclass(frozen=True, slots=True)
class Posting:
    """What is public of an offer."""

    key: str
    url: str
    title: str
    description: str
    employer: str
    city: str
    postcode: str
    region: str
    contract: str
    working_time: str
    rome: str
    occupation: str
    opened_at: dt.datetime
    expires_on: dt.date | None
    starts_on: dt.date | None = None
    weekly_hours: str = ""
    pay_min_cents: int | None = None
    pay_max_cents: int | None = None
    pay_period: str = ""
    position_count: int = 1
    experience_months: int | None = None
    siret: str = ""


def job_posting(one: Posting) -> dict[str, Any]:
    """Return an offer as schema.org tells it (https://schema.org/JobPosting)."""
    address = {
        "@type": "PostalAddress", "addressLocality": one.city, "postalCode": one.postcode,
        "addressRegion": one.region, "addressCountry": "FR",
    }  # fmt: skip
    told: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": one.title,
        "description": paragraphs(one.description),
        "identifier": {"@type": "PropertyValue", "name": one.employer, "value": one.key},
        "url": one.url,
        "datePosted": one.opened_at.date().isoformat(),
        "employmentType": employment_type(one.contract, one.working_time),
        "hiringOrganization": {"@type": "Organization", "name": one.employer, "taxID": one.siret},
        "jobLocation": {"@type": "Place", "address": {name: text for name, text in address.items() if text}},
        "directApply": False,
        "totalJobOpenings": one.position_count,
        "occupationalCategory": f"{one.rome} {one.occupation}".strip(),
    }
    if one.expires_on:
        told["validThrough"] = f"{one.expires_on.isoformat()}T23:59:59"
    if one.starts_on:
        told["jobStartDate"] = one.starts_on.isoformat()
    if one.weekly_hours:
        told["workHours"] = f"{one.weekly_hours} h"
    if one.experience_months is not None:
        needed = {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": one.experience_months}
        told["experienceRequirements"] = needed if one.experience_months else "no requirements"
    if pay := _pay(one):
        told["baseSalary"] = pay
    return told


def employment_type(contract: str, working_time: str) -> list[str]:
    """Return the kinds of employment as schema.org names them."""
    kinds = list(_TIMES.get(working_time, ["FULL_TIME", "PART_TIME"]))  # type: ignore[call-overload]
    return [*kinds, "TEMPORARY"] if contract in _SHORT else kinds


def paragraphs(text: str) -> str:
    """Return a plain text as the simplest HTML."""
    blocks = (block.strip() for block in text.split("\n\n"))
    return "".join(f"<p>{escape(block).replace(chr(10), '<br>')}</p>" for block in blocks if block)


def in_script(told: Mapping[str, Any]) -> str:
    """Return JSON that may stand in a page's script element: nothing in it can end the script."""
    return json.dumps(told, ensure_ascii=False).translate(_IN_SCRIPT)


def atom(*, title: str, page: str, here: str, updated_at: dt.datetime, entries: Iterable[Posting]) -> str:
    """Return a list as an Atom feed (RFC 4287)."""
    head = [
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">',
        f"<title>{_xml(title)}</title><id>{_xml(page)}</id><updated>{updated_at.isoformat()}</updated>",
        f'<link rel="self" type="application/atom+xml" href="{escape(here)}"/><link href="{escape(page)}"/>',
    ]
    return "\n".join([*head, *(_entry(one) for one in entries), "</feed>\n"])


def _entry(one: Posting) -> str:
    place = " — ".join(part for part in (one.employer, one.city) if part)
    day = one.opened_at.isoformat()
    return (
        f'<entry><title>{_xml(one.title)}</title><id>urn:uuid:{one.key}</id><link href="{escape(one.url)}"/>'
        f"<published>{day}</published><updated>{day}</updated><author><name>{_xml(one.employer)}</name></author>"
        f"<summary>{_xml(place)}</summary>"
        f'<content type="html">{_xml(paragraphs(one.description))}</content></entry>'
    )


def _xml(text: str) -> str:
    return escape("".join(letter for letter in text if letter >= " " or letter in "\n\t"))


def _pay(one: Posting) -> dict[str, Any] | None:
    if one.pay_min_cents is None and one.pay_max_cents is None:
        return None
    value: dict[str, Any] = {"@type": "QuantitativeValue", "unitText": _UNITS.get(one.pay_period, "MONTH")}  # type: ignore[call-overload]
    if one.pay_min_cents is not None and one.pay_max_cents is not None:
        value |= {"minValue": one.pay_min_cents / 100, "maxValue": one.pay_max_cents / 100}
    else:
        value["value"] = (one.pay_min_cents or one.pay_max_cents or 0) / 100
    return {"@type": "MonetaryAmount", "currency": "EUR", "value": value}
