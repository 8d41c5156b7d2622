"""format=flowed (RFC 3676): soft line breaks joined, stuffed spaces removed, quote depth kept."""


def unflow(text: str, *, delete_space: bool = False) -> str:
    out: list[list[str]] = []  # lines, each in pieces
    open_depth = -1  # quote depth of a line that flows on
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:].removeprefix(" ")
        soft = content.endswith(" ") and content != "-- "
        if soft and delete_space:
            content = content[:-1]
        if open_depth == depth and content != "-- ":
            out[-1].append(content)
        else:
            out.append([(">" * depth + " " if depth else "") + content])
        open_depth = depth if soft else -1
    return "\n".join(map("".join, out))
