"""Write docs/operate/asvs.md from asvs.toml: every requirement of OWASP ASVS, its test or its reason (`update`)."""

import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

OPERATE = Path(__file__).resolve().parent.parent / "docs" / "operate"
LIST, PAGE = OPERATE / "asvs.toml", OPERATE / "asvs.md"
COMMAND = "python scripts/asvs.py update"
CHAPTERS = {
    1: "Encodage et assainissement", 2: "Validation et règles de métier", 3: "Page dans le navigateur",
    4: "Services et requêtes", 5: "Fichiers", 6: "Connexion", 7: "Sessions", 8: "Droits",
    9: "Jetons qui portent leur contenu", 10: "OAuth et OpenID Connect", 11: "Cryptographie", 12: "Communications",
    13: "Configuration", 14: "Données", 15: "Programmation", 16: "Journaux et erreurs", 17: "WebRTC",
}  # fmt: skip
TESTED, OUT, WRITTEN, OPERATOR, MISSING = "test", "sans objet", "écrit", "exploitant", "pas encore"
KINDS = (TESTED, WRITTEN, OPERATOR, OUT, MISSING)


def requirements() -> dict[str, dict[str, Any]]:
    """Return the requirements by number."""
    told = tomllib.loads(LIST.read_text(encoding="utf-8"))
    return {number: one for number, one in told.items() if number != "standard"}


def standard() -> dict[str, Any]:
    """Return what the list says of the standard."""
    found: dict[str, Any] = tomllib.loads(LIST.read_text(encoding="utf-8"))["standard"]
    return found


def kind_of(one: dict[str, Any]) -> str:
    """Return how a requirement is answered."""
    return TESTED if one.get("tests") else str(one["kind"])


def counts() -> Counter[str]:
    """Count the requirements by the way they are answered."""
    return Counter(kind_of(one) for one in requirements().values())


def order(number: str) -> list[int]:
    """Return what sorts a number as the standard does."""
    return [int(part) for part in number.split(".")]


def page() -> str:
    """Write the page."""
    known, told = requirements(), counts()
    lines = [
        "# OWASP ASVS 5.0, niveaux 1 et 2",
        "",
        f"Fait de `asvs.toml` par `{COMMAND}` ; un test compare, et vérifie que chaque test nommé existe.",
        "",
        "Numéros et niveaux : OWASP Application Security Verification Standard 5.0.0, OWASP Foundation, CC BY-SA 4.0.",
        "Les titres sont les nôtres ; le texte de chaque exigence est dans le standard.",
        "",
        "| exigences | " + " | ".join(KINDS) + " |",
        "|---|" + "---|" * len(KINDS),
        f"| {len(known)} | " + " | ".join(str(told[kind]) for kind in KINDS) + " |",
        "",
    ]
    for chapter, title in CHAPTERS.items():
        lines += [f"## V{chapter} {title}", "", "| n° | niveau | exigence | réponse |", "|---|---|---|---|"]
        mine = [number for number in known if order(number)[0] == chapter]
        lines += [row(number, known[number]) for number in sorted(mine, key=order)]
        lines.append("")
    return "\n".join(lines)


def row(number: str, one: dict[str, Any]) -> str:
    """Write one line of the table."""
    kind = kind_of(one)
    answer = "<br>".join(f"`{test}`" for test in one["tests"]) if kind == TESTED else f"{kind} : {one['because']}"
    return f"| {number} | {one['level']} | {one['title']} | {answer} |"


def main(what: str) -> int:
    """Write the page, or say that it is out of date."""
    if what == "update":
        PAGE.write_text(page(), encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page():
        print(f"{PAGE.name} is out of date, run {COMMAND}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
