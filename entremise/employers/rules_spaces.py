"""What bounds a recruiter space: how many one account may wait for, how many people, how many invitations."""

from typing import Final

MOST_WAITING_SPACES: Final = 5  # of one account, not decided yet: more is a farm of spaces, not a group of companies
MOST_MEMBERS: Final = 30
INVITATIONS_A_DAY: Final = 10  # of one space
INVITATION_DAYS: Final = 14
SHORTEST_PURPOSE: Final = 10  # characters: a word or two say nothing to who must certify
LONGEST_PURPOSE: Final = 500
LONGEST_NAME: Final = 80
LONGEST_JOB: Final = 120
LONGEST_BENEFITS: Final = 500
