"""What reads: a digest of the code and the lexicons that decide what is read."""

from hashlib import sha256
from pathlib import Path

PACKAGE = Path(__file__).parents[1]

APART = frozenset(
    {
        "__main__.py",
        "__pycache__",
        "coders.py",
        "evaluate.py",
        "evaluation",
        "explain.py",
        "explain_page",
        "llm",
        "service.py",
        "settings.py",
    }
)
"""What only measures, shows or carries a reading, or reads in another way than by the rules."""


def sources_digest(package: Path = PACKAGE) -> str:
    """Of all modules and lexicons that enter a reading: 16 hexadecimal digits. The same on every machine."""
    digest = sha256()
    for path in sorted(package.rglob("*"), key=lambda p: p.relative_to(package).as_posix()):
        inside = path.relative_to(package)
        if path.suffix in {".py", ".toml"} and inside.parts[0] not in APART:
            digest.update(f"{inside.as_posix()}\0".encode())
            digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:16]
