"""Pages reached from a mail, without account: the validator's and the employer's answers."""
