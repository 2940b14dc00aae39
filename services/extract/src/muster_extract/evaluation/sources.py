"""What reads: a digest of the code, the lexicons and the weights that decide what is read."""

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
        "train.py",
    }
)
"""What only measures, shows or carries a reading, or reads in another way than by the rules."""


def sources_digest(package: Path = PACKAGE) -> str:
    """Of all modules, lexicons and weights that enter a reading: 16 hexadecimal digits. The same on every machine."""
    digest = sha256()
    for path in sorted(package.rglob("*"), key=lambda p: p.relative_to(package).as_posix()):
        inside = path.relative_to(package)
        if path.suffix in {".npz", ".py", ".toml"} and inside.parts[0] not in APART:
            content = path.read_bytes()
            digest.update(f"{inside.as_posix()}\0".encode())
            digest.update((content if path.suffix == ".npz" else content.replace(b"\r\n", b"\n")) + b"\0")
    return digest.hexdigest()[:16]
