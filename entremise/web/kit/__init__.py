"""What every screen uses: guards, responses, the current actor, refusals, mail-link pages."""
