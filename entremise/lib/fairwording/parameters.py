"""Dated legal parameters. Add a line when a decree changes the minimum wage; never edit a past one.

Minimum wage (L. 3231-2 and following of the Code du travail), gross, in cents an hour:
metropolitan France and overseas but Mayotte: decrees of 22 December 2021 (10.57), orders of 19 April 2022 (10.85)
and 29 July 2022 (11.07), decree of 22 December 2022 (11.27), order of 26 April 2023 (11.52), decrees of
20 December 2023 (11.65), 23 October 2024 (11.88) and 17 December 2025 (12.02). Mayotte: same texts.
A placement of more than two months is paid at least 15 % of the hourly ceiling of social security (L. 124-6 and
D. 124-8 of the Code de l'éducation): 26 € in 2022, 27 € in 2023, 29 € in 2024 and 2025, 30 € in 2026.
A monthly amount is the hourly one times 35 × 52 / 12 hours (D. 3231-6 speaks of 151,67 hours).
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

MAYOTTE: Final = "976"

_MINIMUM_WAGE: Final[tuple[tuple[date, int, int], ...]] = (
    # from, cents an hour, cents an hour in Mayotte
    (date(2022, 1, 1), 1057, 798),
    (date(2022, 5, 1), 1085, 819),
    (date(2022, 8, 1), 1107, 835),
    (date(2023, 1, 1), 1127, 851),
    (date(2023, 5, 1), 1152, 870),
    (date(2024, 1, 1), 1165, 880),
    (date(2024, 11, 1), 1188, 898),
    (date(2026, 1, 1), 1202, 933),
)

_GRATIFICATION: Final[tuple[tuple[date, int], ...]] = (  # from, cents an hour
    (date(2022, 1, 1), 390),
    (date(2023, 1, 1), 405),
    (date(2024, 1, 1), 435),
    (date(2026, 1, 1), 450),
)


@dataclass(frozen=True, slots=True)
class LegalParameters:
    """The figures an offer is checked against on a day, in a department."""

    minimum_hourly_cents: int
    gratification_hourly_cents: int = _GRATIFICATION[0][1]
    legal_weekly_hours: int = 35  # L. 3121-27
    longest_week_hours: int = 48  # L. 3121-20

    @property
    def minimum_monthly_cents(self) -> int:
        """Return the minimum wage of a month at the legal weekly hours."""
        return self.monthly_cents(Decimal(self.legal_weekly_hours))

    def monthly_cents(self, weekly_hours: Decimal) -> int:
        """Return the minimum wage of a month for a number of hours a week."""
        month = Decimal(self.minimum_hourly_cents) * weekly_hours * 52 / 12
        return int(month.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def parameters_on(day: date, department: str = "") -> LegalParameters:
    """Return the parameters of a day; before the table begins, its first line is used."""
    line = _MINIMUM_WAGE[0]
    for candidate in _MINIMUM_WAGE:
        if candidate[0] <= day:
            line = candidate
    gratification = [cents for since, cents in _GRATIFICATION if since <= day] or [_GRATIFICATION[0][1]]
    return LegalParameters(line[2] if department == MAYOTTE else line[1], gratification[-1])
