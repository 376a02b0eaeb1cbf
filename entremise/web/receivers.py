"""What the web listens to, from the start of the process: its middlewares are only read at the first request."""

from entremise.web.kit import session_life

LISTENING = (session_life.begin,)
