"""What a person can do: experiences, skills held, and the evidence behind each skill with its assurance level."""
