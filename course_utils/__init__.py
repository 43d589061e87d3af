"""Helpers of the dropout course: they load, repeat, compare and draw.

The models themselves stand in the notebooks, layer by layer. Importing this
package is fast and does not import TensorFlow; each module imports what it needs.
"""

import os

__version__ = "0.1.0"

# TensorFlow writes start-up notes (level INFO: which instructions it was built
# for) to standard error, where a notebook shows them in red. Level 1 leaves most of
# them out (its oneDNN note comes before the level is read); warnings and errors still
# appear. A value that is already set is kept.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "1")

# Else Keras takes the backend that is named in ~/.keras/keras.json.
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
