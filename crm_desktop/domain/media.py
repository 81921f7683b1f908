"""What a file is, told by its first bytes; and which files a computer would run.

A name promises and the bytes keep: a picture called `contract.pdf` is a picture. Only where
bytes are of a family (zip, OLE, text) does the ending say which member it is.
"""

from __future__ import annotations

import re
import unicodedata

HEAD = 1024
"""How many bytes at a file's beginning tell what it is."""

UNKNOWN = "application/octet-stream"
PDF = "application/pdf"
# What the program itself can show.
PICTURES = frozenset(
    ("image/png", "image/jpeg", "image/gif", "image/bmp", "image/webp", "image/tiff")
)

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\xd7\xcd\xc6\x9a", "image/wmf"),
    (b"\x01\x00\x09\x00\x00\x03", "image/wmf"),
    (b"{\\rtf", "application/rtf"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
)
_ZIPPED = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docm": "application/vnd.ms-word.document.macroenabled.12",
    "xlsm": "application/vnd.ms-excel.sheet.macroenabled.12",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "epub": "application/epub+zip",
}
_OLE = {
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "msg": "application/vnd.ms-outlook",
}
_TEXTS = {
    "txt": "text/plain",
    "log": "text/plain",
    "csv": "text/csv",
    "html": "text/html",
    "htm": "text/html",
    "xml": "application/xml",
    "json": "application/json",
    "md": "text/markdown",
    "eml": "message/rfc822",
    "vcf": "text/vcard",
    "ics": "text/calendar",
}
_BOXES = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heic",
    b"avif": "image/avif",
}
_ENDINGS = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/bmp": ".bmp",
    "image/webp": ".webp",
    "image/tiff": ".tif",
    "image/emf": ".emf",
    "image/wmf": ".wmf",
    "image/svg+xml": ".svg",
    "image/heic": ".heic",
    "image/avif": ".avif",
    PDF: ".pdf",
}

# What Windows, macOS or a Linux desktop runs, installs, or lets lead to something that runs, when
# it is opened. After PATHEXT, Outlook's level 1 attachments and the blocklists of mail services:
# https://support.microsoft.com/office/blocked-attachments-in-outlook
# https://support.google.com/mail/answer/6590
EXECUTABLE = frozenset(
    (
        "ade adp app appimage application appref-ms apk appx appxbundle asp aspx asx bas bash bat "
        "bgi bin cab cer chm class cmd cnt com command cpl crt csh deb der desktop diagcab dll dmg "
        "drv ex_ exe fish fon fxp gadget grp hlp hpj hta htc img inf ins inx iso isp isu its jar "
        "jnlp job js jse ksh lib library-ms lnk mad maf mag mam maq mar mas mat mau mav maw mcf "
        "mda mdb mde mdt mdw mdz mobileconfig mpkg msc msh msh1 msh1xml msh2 msh2xml mshxml msi "
        "msix msixbundle msp mst msu nsh ocx ops osd out paf pcd phar pif pkg pl plg prf prg "
        "printerexport ps1 ps1xml ps2 ps2xml psc1 psc2 psd1 psdm1 psm1 pst py pyc pyo pyw pyz pyzw "
        "rb reg rgs rpm run scf scr sct search-ms searchconnector-ms service settingcontent-ms sh "
        "shb shs so swf sys terminal theme themepack tmp u3p udl url vb vbe vbp vbs vbscript "
        "vhd vhdx vsmacros vsw vxd webloc website workflow ws wsb wsc wsf wsh xbap xll xnk zsh"
    ).split()
)
_RUNS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"L\x00\x00\x00\x01\x14\x02\x00",  # a Windows shortcut, whatever its name
)
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file: whatever stands behind a point.
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\..*)?", re.IGNORECASE
)
_LONGEST_NAME = 120
_MOST_BYTES = 200  # a file system takes 255, and something may be put before and behind it


def ending(name: str) -> str:
    """The last ending of a file's name in lower case, without its point; "" for none.

    Points and blanks at the end count for nothing, as Windows leaves them away.
    """
    _stem, point, last = _seen(name).rstrip(". ").rpartition(".")
    return last.strip().lower() if point else ""


def media_type(head: bytes, name: str = "") -> str:
    """The media type of a file.

    Args:
        head: its first `HEAD` bytes, or all of them.
        name: its name, for kinds that look alike; "" for none.
    """
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return found
    # Up to a kilobyte may stand before it; readers allow that.
    if b"%PDF-" in head:
        return PDF
    if head[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(head[8:12], UNKNOWN)
    if head[:4] == b"\x01\x00\x00\x00" and head[40:44] == b" EMF":
        return "image/emf"
    if head[:2] == b"BM" and head[6:10] == bytes(4):
        return "image/bmp"
    if head[4:8] == b"ftyp":
        return _BOXES.get(head[8:12], "video/mp4")
    last = ending(name)
    if head.startswith(b"PK\x03\x04"):
        return _ZIPPED.get(last, "application/zip")
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _OLE.get(last, "application/x-ole-storage")
    if b"\x00" in head:
        return UNKNOWN
    if b"<svg" in head:
        return "image/svg+xml"
    return _TEXTS.get(last, UNKNOWN)


def runs(name: str, head: bytes) -> bool:
    """Whether a computer would run a file, or be led to something that runs, by opening it.

    Args:
        name: the file's.
        head: its first bytes.
    """
    return ending(name) in EXECUTABLE or head.startswith(_RUNS)


def file_name(wanted: str, media: str = "") -> str:
    """A name that any system takes, without what hides its ending.

    Args:
        wanted: what it shall be called; may be anything.
        media: its media type, which gives an ending to a name that has none.
    """
    text = _FORBIDDEN.sub("-", _seen(wanted)).strip(". -") or "document"
    stem, point, last = text.rpartition(".")
    if not point or not 0 < len(last) <= 12 or " " in last:
        stem, point, last = text, "", ""
    if not point and media in _ENDINGS:
        point, last = ".", _ENDINGS[media][1:]
    stem = stem[: _LONGEST_NAME - len(last)]
    stem = stem.encode()[: _MOST_BYTES - len(last.encode())].decode(errors="ignore").rstrip(". ")
    if is_reserved(stem):
        stem = f"_{stem}"
    return f"{stem}{point}{last}"


def is_reserved(name: str) -> bool:
    """Whether Windows takes a file's name for one of its devices."""
    return _RESERVED.fullmatch(name) is not None


def _seen(name: str) -> str:
    """A name without characters that nobody sees, such as those that turn a text's direction."""
    composed = unicodedata.normalize("NFC", name)
    return "".join(c for c in composed if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
