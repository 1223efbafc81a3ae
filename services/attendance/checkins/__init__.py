"""Check-in by phone: what the phone says is weighed, never believed and never held against anybody without a person.

Source: devices.md section 5. Only three things are refused: a key used twice with other content, a code that is not
the kiosk's of that moment, and what is older than can be judged. Everything else becomes a punch, with its doubts.
"""
