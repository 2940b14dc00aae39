"""Rules that see events: each module one family of types. They propose; modality and merge decide."""
