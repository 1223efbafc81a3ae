"""All three streams at once at 1,000 events a second, while cards, unit views and open screens are watched."""
