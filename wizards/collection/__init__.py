from . import property_collection_simulation
