"""Pages open to all: front page, sign-in, demo tools."""
