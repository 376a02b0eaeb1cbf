"""Mailboxes: which are the same, which anyone may open, which are made to be thrown away."""

import re
import unicodedata

# Mailboxes that anyone opens in a minute: the answer counts, at assurance 1 (PRODUCT.md V4).
FREE_MAIL = frozenset(
    {
        "9online.fr",
        "aliceadsl.fr",
        "aol.com",
        "bbox.fr",
        "caramail.com",
        "cegetel.net",
        "club-internet.fr",
        "free.fr",
        "gmail.com",
        "gmx.com",
        "gmx.fr",
        "gmx.net",
        "googlemail.com",
        "hotmail.com",
        "hotmail.fr",
        "icloud.com",
        "laposte.net",
        "live.com",
        "live.fr",
        "mac.com",
        "mail.com",
        "mailo.com",
        "me.com",
        "msn.com",
        "netcourrier.com",
        "neuf.fr",
        "numericable.fr",
        "orange.fr",
        "outlook.com",
        "outlook.fr",
        "pm.me",
        "posteo.net",
        "proton.me",
        "protonmail.com",
        "sfr.fr",
        "tuta.io",
        "tutanota.com",
        "voila.fr",
        "wanadoo.fr",
        "yahoo.com",
        "yahoo.fr",
        "yandex.com",
        "ymail.com",
        "zoho.com",
    }
)
# Mailboxes made to be thrown away: nobody can be asked there.
DISPOSABLE = frozenset(
    {
        "10minutemail.com",
        "10minutemail.net",
        "courriel-temporaire.com",
        "discard.email",
        "dispostable.com",
        "emailondeck.com",
        "fakeinbox.com",
        "getnada.com",
        "guerrillamail.com",
        "guerrillamail.net",
        "haltospam.com",
        "inboxkitten.com",
        "jetable.com",
        "jetable.org",
        "kasmail.com",
        "mail-temporaire.com",
        "mail-temporaire.fr",
        "maildrop.cc",
        "mailinator.com",
        "mintemail.com",
        "moakt.com",
        "mohmal.com",
        "mytemp.email",
        "nada.email",
        "sharklasers.com",
        "spam4.me",
        "spamgourmet.com",
        "temp-mail.org",
        "tempmail.com",
        "tempmail.net",
        "throwawaymail.com",
        "tmail.ws",
        "trash-mail.com",
        "trashmail.com",
        "yopmail.com",
        "yopmail.fr",
        "yopmail.net",
    }
)


def normalised(address: str) -> str:
    """Return an address in the form that is compared and kept: no case, no look-alike width."""
    return unicodedata.normalize("NFKC", address).strip().casefold()


def mailbox(address: str) -> str:
    """Return the mailbox an address reaches: a `+label` goes to the same person, and dots mean nothing at Gmail."""
    local, _, domain = normalised(address).rpartition("@")
    local = local.partition("+")[0]
    if domain in {"gmail.com", "googlemail.com"}:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


def spellings(address: str) -> str:
    """Return the pattern of every address, as they are kept, that reaches the same mailbox."""
    local, _, domain = mailbox(address).rpartition("@")
    if domain == "gmail.com":
        return rf"^{r'[.]*'.join(map(re.escape, local))}[.]*([+][^@]*)?@(gmail|googlemail)[.]com$"
    return f"^{re.escape(local)}([+][^@]*)?@{re.escape(domain)}$"


def domain_of(address: str) -> str:
    """Return the domain of an address."""
    return normalised(address).rpartition("@")[2]


def is_within(domain: str, parent: str) -> bool:
    """Tell whether a domain is the parent or one of its sub-domains."""
    domain, parent = domain.strip(".").casefold(), parent.strip(".").casefold()
    return bool(parent) and (domain == parent or domain.endswith(f".{parent}"))


def is_disposable(address: str) -> bool:
    """Tell whether an address was made to be thrown away."""
    return any(is_within(domain_of(address), known) for known in DISPOSABLE)


def is_free_mail(address: str) -> bool:
    """Tell whether anyone can open a mailbox at this domain."""
    return domain_of(address) in FREE_MAIL
