"""placeholder until bridge lands"""


class ImportService:
    def __init__(self, archive, settings): ...
