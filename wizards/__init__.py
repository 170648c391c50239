from . import estate
