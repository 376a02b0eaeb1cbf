"""An invented territory full of life: people, establishments, advisers, requests and promotions for a first visit."""
