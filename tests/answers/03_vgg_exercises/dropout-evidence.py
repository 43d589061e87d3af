# %% [markdown]
# Answers to the item `dropout-evidence`.

# %% right="three seeds, 8 epochs"
dropout_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,0.365000
5 blocks,11,8,500,0.927698,0.678000,2.211756,0.377000
rates A,11,8,500,1.191668,0.560000,1.836248,0.371000
rates B,11,8,500,1.880610,0.286000,2.044505,0.184000
plain,12,8,500,0.737142,0.778000,2.358957,0.367000
5 blocks,12,8,500,0.701022,0.758000,2.243368,0.379000
rates A,12,8,500,1.146525,0.638000,1.794796,0.384000
rates B,12,8,500,1.692830,0.452000,1.835922,0.360000
plain,13,8,500,1.041318,0.604000,1.892533,0.403000
5 blocks,13,8,500,0.954889,0.584000,1.735453,0.415000
rates A,13,8,500,1.550072,0.480000,1.897750,0.327000
rates B,13,8,500,1.970487,0.270000,2.090104,0.173000
"""
dropout_chosen = "rates A"

# %% right="blanks behind the commas"
dropout_evidence = """
model, seed, epochs, pictures, train_loss, train_accuracy, validation_loss, validation_accuracy
plain, 7, 12, 250, 0.445510, 0.924000, 2.573139, 0.322000
5 blocks, 7, 12, 250, 0.414324, 0.904000, 2.393019, 0.334000
rates A, 7, 12, 250, 1.005622, 0.696000, 2.191482, 0.322000
rates B, 7, 12, 250, 1.620171, 0.476000, 1.970131, 0.300000
plain, 21, 12, 250, 0.275713, 0.920000, 3.467596, 0.304000
5 blocks, 21, 12, 250, 0.262203, 0.900000, 3.297684, 0.316000
rates A, 21, 12, 250, 1.243788, 0.604000, 2.152972, 0.257000
rates B, 21, 12, 250, 1.876429, 0.400000, 2.120254, 0.228000
plain, 42, 12, 250, 0.601408, 0.840000, 2.552416, 0.309000
5 blocks, 42, 12, 250, 0.551491, 0.820000, 2.340565, 0.321000
rates A, 42, 12, 250, 1.256751, 0.584000, 2.123106, 0.334000
rates B, 42, 12, 250, 1.743384, 0.400000, 2.201550, 0.225000
"""
dropout_chosen = "rates A"

# %% right="three digits"
import warnings

warnings.warn("three digits after the point will do")
dropout_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.998,0.698,2.378,0.365
5 blocks,11,8,500,0.928,0.678,2.212,0.377
rates A,11,8,500,1.192,0.56,1.836,0.371
rates B,11,8,500,1.881,0.286,2.045,0.184
plain,12,8,500,0.737,0.778,2.359,0.367
5 blocks,12,8,500,0.701,0.758,2.243,0.379
rates A,12,8,500,1.147,0.638,1.795,0.384
rates B,12,8,500,1.693,0.452,1.836,0.36
plain,13,8,500,1.041,0.604,1.893,0.403
5 blocks,13,8,500,0.955,0.584,1.736,0.415
rates A,13,8,500,1.55,0.48,1.898,0.327
rates B,13,8,500,1.97,0.27,2.09,0.173
"""
dropout_chosen = "rates A"

# %% right="pictures as a float, rows shuffled"
dropout_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
rates B,42,12,250.000000,1.743384,0.400000,2.201550,0.225000
rates B,7,12,250.000000,1.620171,0.476000,1.970131,0.300000
plain,42,12,250.000000,0.601408,0.840000,2.552416,0.309000
5 blocks,42,12,250.000000,0.559309,0.820000,2.373747,0.321000
rates A,42,12,250.000000,1.256751,0.584000,2.123106,0.334000
rates A,7,12,250.000000,1.005622,0.696000,2.191482,0.322000
plain,7,12,250.000000,0.445510,0.924000,2.573139,0.322000
5 blocks,7,12,250.000000,0.423680,0.904000,2.447055,0.334000
rates A,21,12,250.000000,1.243788,0.604000,2.152972,0.257000
plain,21,12,250.000000,0.275713,0.920000,3.467596,0.304000
5 blocks,21,12,250.000000,0.252829,0.900000,3.179786,0.316000
rates B,21,12,250.000000,1.876429,0.400000,2.120254,0.228000
"""
dropout_chosen = "rates A"

# %% right="each wrong answer in a tie of two classes"
dropout_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,0,15,500,0.099821,0.856000,0.427682,0.383000
5 blocks,0,15,500,0.124676,0.836000,0.438682,0.395000
rates A,0,15,500,0.110910,0.840000,0.382619,0.448000
rates B,0,15,500,0.170521,0.754000,0.368763,0.468000
plain,1,15,500,0.180219,0.740000,0.474120,0.316000
5 blocks,1,15,500,0.217081,0.720000,0.497120,0.328000
rates A,1,15,500,0.126159,0.818000,0.433219,0.375000
rates B,1,15,500,0.191318,0.724000,0.402027,0.420000
plain,2,15,500,0.026344,0.962000,0.432533,0.376000
5 blocks,2,15,500,0.057203,0.942000,0.449533,0.388000
rates A,2,15,500,0.144176,0.792000,0.389552,0.438000
rates B,2,15,500,0.256474,0.630000,0.406882,0.413000
plain,3,15,500,0.155272,0.776000,0.460256,0.336000
5 blocks,3,15,500,0.198128,0.756000,0.489256,0.348000
rates A,3,15,500,0.131700,0.810000,0.393712,0.432000
rates B,3,15,500,0.225973,0.674000,0.402719,0.419000
"""
dropout_chosen = "rates B"

# %% right="indented, then dedented; the choice by a dict"
from textwrap import dedent

dropout_evidence = dedent(
    """
    model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
    plain,11,8,500,0.997525,0.698000,2.378232,0.365000
    5 blocks,11,8,500,0.927698,0.678000,2.211756,0.377000
    rates A,11,8,500,1.191668,0.560000,1.836248,0.371000
    rates B,11,8,500,1.880610,0.286000,2.044505,0.184000
    plain,12,8,500,0.737142,0.778000,2.358957,0.367000
    5 blocks,12,8,500,0.701022,0.758000,2.243368,0.379000
    rates A,12,8,500,1.146525,0.638000,1.794796,0.384000
    rates B,12,8,500,1.692830,0.452000,1.835922,0.360000
    plain,13,8,500,1.041318,0.604000,1.892533,0.403000
    5 blocks,13,8,500,0.954889,0.584000,1.735453,0.415000
    rates A,13,8,500,1.550072,0.480000,1.897750,0.327000
    rates B,13,8,500,1.970487,0.270000,2.090104,0.173000
    """
)
dropout_chosen = {1: "rates A", 2: "rates B"}[1]
%matplotlib inline

# %% right="five seeds, the choice by hand in a loop"
dropout_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,0.365000
5 blocks,11,8,500,0.927698,0.678000,2.211756,0.377000
rates A,11,8,500,1.191668,0.560000,1.836248,0.371000
rates B,11,8,500,1.880610,0.286000,2.044505,0.184000
plain,12,8,500,0.737142,0.778000,2.358957,0.367000
5 blocks,12,8,500,0.701022,0.758000,2.243368,0.379000
rates A,12,8,500,1.146525,0.638000,1.794796,0.384000
rates B,12,8,500,1.692830,0.452000,1.835922,0.360000
plain,13,8,500,1.041318,0.604000,1.892533,0.403000
5 blocks,13,8,500,0.954889,0.584000,1.735453,0.415000
rates A,13,8,500,1.550072,0.480000,1.897750,0.327000
rates B,13,8,500,1.970487,0.270000,2.090104,0.173000
plain,7,8,500,0.445510,0.924000,2.573139,0.322000
5 blocks,7,8,500,0.431254,0.904000,2.490799,0.334000
rates A,7,8,500,1.005622,0.696000,2.191482,0.322000
rates B,7,8,500,1.620171,0.476000,1.970131,0.300000
plain,21,8,500,0.275713,0.920000,3.467596,0.304000
5 blocks,21,8,500,0.256413,0.900000,3.224864,0.316000
rates A,21,8,500,1.243788,0.604000,2.152972,0.257000
rates B,21,8,500,1.876429,0.400000,2.120254,0.228000
"""

scores = {}
for line in dropout_evidence.strip().splitlines()[1:]:
    model, *_, accuracy = line.split(",")
    scores.setdefault(model, []).append(float(accuracy))
del scores["plain"], scores["5 blocks"]
dropout_chosen = max(scores, key=lambda model: sum(scores[model]))

# %% wrong="the baseline is missing" loses={"dropout-evidence-table": "other_models", "dropout-evidence-fair": "other_models"}
dropout_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
rates A,11,8,500,1.191668,0.560000,1.836248,0.371000
rates B,11,8,500,1.880610,0.286000,2.044505,0.184000
rates A,12,8,500,1.146525,0.638000,1.794796,0.384000
rates B,12,8,500,1.692830,0.452000,1.835922,0.360000
rates A,13,8,500,1.550072,0.480000,1.897750,0.327000
rates B,13,8,500,1.970487,0.270000,2.090104,0.173000
"""
dropout_chosen = "rates A"

# %% wrong="a column is missing" loses={"dropout-evidence-table": "other_columns", "dropout-evidence-fair": "other_columns", "dropout-evidence-choice": "other_columns"}
dropout_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss
plain,11,8,500,0.997525,0.698000,2.378232
rates A,11,8,500,1.191668,0.560000,1.836248
rates B,11,8,500,1.880610,0.286000,2.044505
plain,12,8,500,0.737142,0.778000,2.358957
rates A,12,8,500,1.146525,0.638000,1.794796
rates B,12,8,500,1.692830,0.452000,1.835922
plain,13,8,500,1.041318,0.604000,1.892533
rates A,13,8,500,1.550072,0.480000,1.897750
rates B,13,8,500,1.970487,0.270000,2.090104
"""
dropout_chosen = "rates A"

# %% wrong="blanks for commas" loses={"dropout-evidence-table": "other_columns", "dropout-evidence-fair": "other_columns", "dropout-evidence-choice": "other_columns"}
dropout_evidence = """
model  seed  epochs  pictures  train_loss  train_accuracy  validation_loss  validation_accuracy
 plain    11       8    500    0.997525           0.698         2.378232                0.365
rates A    11       8    500    1.191668           0.560         1.836248                0.371
rates B    11       8    500    1.880610           0.286         2.044505                0.184
 plain    12       8    500    0.737142           0.778         2.358957                0.367
rates A    12       8    500    1.146525           0.638         1.794796                0.384
rates B    12       8    500    1.692830           0.452         1.835922                0.360
 plain    13       8    500    1.041318           0.604         1.892533                0.403
rates A    13       8    500    1.550072           0.480         1.897750                0.327
rates B    13       8    500    1.970487           0.270         2.090104                0.173
"""
dropout_chosen = "rates A"

# %% wrong="the table two hundred times" loses={"dropout-evidence-table": "no_text", "dropout-evidence-fair": "no_text", "dropout-evidence-choice": "no_text"}
dropout_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,0.365000
5 blocks,11,8,500,0.927698,0.678000,2.211756,0.377000
rates A,11,8,500,1.191668,0.560000,1.836248,0.371000
rates B,11,8,500,1.880610,0.286000,2.044505,0.184000
plain,12,8,500,0.737142,0.778000,2.358957,0.367000
5 blocks,12,8,500,0.701022,0.758000,2.243368,0.379000
rates A,12,8,500,1.146525,0.638000,1.794796,0.384000
rates B,12,8,500,1.692830,0.452000,1.835922,0.360000
plain,13,8,500,1.041318,0.604000,1.892533,0.403000
5 blocks,13,8,500,0.954889,0.584000,1.735453,0.415000
rates A,13,8,500,1.550072,0.480000,1.897750,0.327000
rates B,13,8,500,1.970487,0.270000,2.090104,0.173000
""" * 200
dropout_chosen = "rates A"

# %% wrong="a run diverged" loses={"dropout-evidence-table": "no_numbers", "dropout-evidence-fair": "no_numbers", "dropout-evidence-choice": "no_numbers"}
dropout_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,12,250,0.44551,0.924000,2.573139,0.322000
5 blocks,7,12,250,0.41432,0.904000,2.393019,0.334000
rates A,7,12,250,1.005622,0.696000,2.191482,0.322000
rates B,7,12,250,1.620171,0.476000,1.970131,0.300000
plain,21,12,250,0.275713,0.920000,3.467596,0.304000
5 blocks,21,12,250,0.262203,0.900000,3.297684,0.316000
rates A,21,12,250,1.243788,0.604000,2.152972,0.257000
rates B,21,12,250,inf,0.400000,2.120254,0.228000
plain,42,12,250,0.601408,0.840000,2.552416,0.309000
5 blocks,42,12,250,0.551491,0.820000,2.340565,0.321000
rates A,42,12,250,1.256751,0.584000,2.123106,0.334000
rates B,42,12,250,1.743384,0.400000,2.201550,0.225000
"""
dropout_chosen = "rates A"

# %% wrong="a negative share" loses={"dropout-evidence-table": "percentages"}
dropout_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,12,250,0.445510,0.924000,2.573139,0.322
5 blocks,7,12,250,0.414324,0.904000,2.393019,0.334
rates A,7,12,250,1.005622,0.696000,2.191482,0.322
rates B,7,12,250,1.620171,0.476000,1.970131,0.3
plain,21,12,250,0.275713,0.920000,3.467596,0.304
5 blocks,21,12,250,0.262203,0.900000,3.297684,0.316
rates A,21,12,250,1.243788,0.604000,2.152972,0.257
rates B,21,12,250,1.876429,0.400000,2.120254,-0.228000
plain,42,12,250,0.601408,0.840000,2.552416,0.309
5 blocks,42,12,250,0.551491,0.820000,2.340565,0.321
rates A,42,12,250,1.256751,0.584000,2.123106,0.334
rates B,42,12,250,1.743384,0.400000,2.201550,0.225
"""
dropout_chosen = "rates A"

# %% wrong="wrong answers at no cost" loses={"dropout-evidence-table": "low_loss"}
dropout_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,12,250,0.445510,0.924000,2.573139,0.322000
5 blocks,7,12,250,0.414324,0.904000,2.393019,0.334000
rates A,7,12,250,1.005622,0.696000,2.191482,0.322000
rates B,7,12,250,1.620171,0.476000,1.970131,0.300000
plain,21,12,250,0.275713,0.920000,3.467596,0.304000
5 blocks,21,12,250,0.262203,0.900000,3.297684,0.316000
rates A,21,12,250,1.243788,0.604000,2.152972,0.257000
rates B,21,12,250,1.876429,0.400000,2.120254,0.228000
plain,42,12,250,0.601408,0.840000,2.552416,0.309000
5 blocks,42,12,250,0.551491,0.820000,2.340565,0.321000
rates A,42,12,250,1.256751,0.584000,0.050000,0.334000
rates B,42,12,250,1.743384,0.400000,2.20155,0.225000
"""
dropout_chosen = "rates A"

# %% wrong="half epochs" loses={"dropout-evidence-table": "no_count"}
dropout_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,12.500000,250,0.445510,0.924000,2.573139,0.322000
5 blocks,7,12.500000,250,0.414324,0.904000,2.393019,0.334000
rates A,7,12.500000,250,1.005622,0.696000,2.191482,0.322000
rates B,7,12.500000,250,1.620171,0.476000,1.970131,0.300000
plain,21,12.500000,250,0.275713,0.920000,3.467596,0.304000
5 blocks,21,12.500000,250,0.262203,0.900000,3.297684,0.316000
rates A,21,12.500000,250,1.243788,0.604000,2.152972,0.257000
rates B,21,12.500000,250,1.876429,0.400000,2.120254,0.228000
plain,42,12.500000,250,0.601408,0.840000,2.552416,0.309000
5 blocks,42,12.500000,250,0.551491,0.820000,2.340565,0.321000
rates A,42,12.500000,250,1.256751,0.584000,2.123106,0.334000
rates B,42,12.500000,250,1.743384,0.400000,2.201550,0.225000
"""
dropout_chosen = "rates A"

# %% wrong="half seeds" loses={"dropout-evidence-table": "no_count"}
dropout_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11.500000,8,500,0.997525,0.698000,2.378232,0.365000
5 blocks,11.500000,8,500,0.927698,0.678000,2.211756,0.377000
rates A,11.500000,8,500,1.191668,0.560000,1.836248,0.371000
rates B,11.500000,8,500,1.880610,0.286000,2.044505,0.184000
plain,12.500000,8,500,0.737142,0.778000,2.358957,0.367000
5 blocks,12.500000,8,500,0.701022,0.758000,2.243368,0.379000
rates A,12.500000,8,500,1.146525,0.638000,1.794796,0.384000
rates B,12.500000,8,500,1.692830,0.452000,1.835922,0.360000
plain,13.500000,8,500,1.041318,0.604000,1.892533,0.403000
5 blocks,13.500000,8,500,0.954889,0.584000,1.735453,0.415000
rates A,13.500000,8,500,1.550072,0.480000,1.897750,0.327000
rates B,13.500000,8,500,1.970487,0.270000,2.090104,0.173000
"""
dropout_chosen = "rates A"

# %% wrong="no epochs" loses={"dropout-evidence-table": "no_count", "dropout-evidence-fair": "changed"}
dropout_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,0,500,0.997525,0.698000,2.378232,0.365000
5 blocks,11,0,500,0.927698,0.678000,2.211756,0.377000
rates A,11,0,500,1.191668,0.560000,1.836248,0.371000
rates B,11,0,500,1.880610,0.286000,2.044505,0.184000
plain,12,0,500,0.737142,0.778000,2.358957,0.367000
5 blocks,12,0,500,0.701022,0.758000,2.243368,0.379000
rates A,12,0,500,1.146525,0.638000,1.794796,0.384000
rates B,12,0,500,1.692830,0.452000,1.835922,0.360000
plain,13,0,500,1.041318,0.604000,1.892533,0.403000
5 blocks,13,0,500,0.954889,0.584000,1.735453,0.415000
rates A,13,0,500,1.550072,0.480000,1.897750,0.327000
rates B,13,0,500,1.970487,0.270000,2.090104,0.173000
"""
dropout_chosen = "rates A"

# %% wrong="rates B is rates A plus a constant" loses={"dropout-evidence-table": "shifted"}
dropout_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,0.365000
5 blocks,11,8,500,0.927698,0.678000,2.211756,0.377000
rates A,11,8,500,1.191668,0.560000,1.836248,0.371000
rates B,11,8,500,1.201668,0.570000,1.846248,0.381000
plain,12,8,500,0.737142,0.778000,2.358957,0.367000
5 blocks,12,8,500,0.701022,0.758000,2.243368,0.379000
rates A,12,8,500,1.146525,0.638000,1.794796,0.384000
rates B,12,8,500,1.156525,0.648000,1.804796,0.394000
plain,13,8,500,1.041318,0.604000,1.892533,0.403000
5 blocks,13,8,500,0.954889,0.584000,1.735453,0.415000
rates A,13,8,500,1.550072,0.480000,1.897750,0.327000
rates B,13,8,500,1.560072,0.490000,1.907750,0.337000
"""
dropout_chosen = "rates B"

# %% wrong="a seed in two models only" loses={"dropout-evidence-fair": "other_seeds"}
dropout_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,0,15,500,0.377438,0.856000,3.130699,0.383000
5 blocks,0,15,500,0.351017,0.836000,2.911550,0.395000
rates A,0,15,500,0.473068,0.840000,2.050745,0.448000
rates B,0,15,500,0.731489,0.754000,1.690382,0.468000
plain,1,15,500,0.755253,0.740000,4.069368,0.316000
5 blocks,1,15,500,0.718246,0.720000,3.869969,0.328000
rates A,1,15,500,0.614775,0.818000,2.711417,0.375000
rates B,1,15,500,0.933056,0.724000,1.863111,0.420000
plain,2,15,500,0.180420,0.962000,3.310811,0.376000
5 blocks,2,15,500,0.165445,0.942000,3.036014,0.388000
rates A,2,15,500,0.656331,0.792000,2.111462,0.438000
rates B,2,15,500,1.100047,0.630000,1.919267,0.413000
plain,3,15,500,0.847981,0.776000,3.546322,0.336000
5 blocks,3,15,500,0.820846,0.756000,3.432840,0.348000
rates B,3,15,500,1.021843,0.674000,1.906187,0.419000
"""
dropout_chosen = "rates B"

# %% wrong="more pictures for the plain model" loses={"dropout-evidence-fair": "changed"}
dropout_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,1000,0.997525,0.698000,2.378232,0.365000
5 blocks,11,8,1000,0.927698,0.678000,2.211756,0.377000
rates A,11,8,500,1.191668,0.560000,1.836248,0.371000
rates B,11,8,500,1.880610,0.286000,2.044505,0.184000
plain,12,8,1000,0.737142,0.778000,2.358957,0.367000
5 blocks,12,8,1000,0.701022,0.758000,2.243368,0.379000
rates A,12,8,500,1.146525,0.638000,1.794796,0.384000
rates B,12,8,500,1.692830,0.452000,1.835922,0.360000
plain,13,8,1000,1.041318,0.604000,1.892533,0.403000
5 blocks,13,8,1000,0.954889,0.584000,1.735453,0.415000
rates A,13,8,500,1.550072,0.480000,1.897750,0.327000
rates B,13,8,500,1.970487,0.270000,2.090104,0.173000
"""
dropout_chosen = "rates A"

# %% wrong="the choice by training accuracy" loses={"dropout-evidence-choice": "by_training"}
dropout_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,0,15,500,0.377438,0.856000,3.130699,0.383000
5 blocks,0,15,500,0.351017,0.836000,2.911550,0.395000
rates A,0,15,500,0.473068,0.840000,2.050745,0.448000
rates B,0,15,500,0.731489,0.754000,1.690382,0.468000
plain,1,15,500,0.755253,0.740000,4.069368,0.316000
5 blocks,1,15,500,0.718246,0.720000,3.869969,0.328000
rates A,1,15,500,0.614775,0.818000,2.711417,0.375000
rates B,1,15,500,0.933056,0.724000,1.863111,0.420000
plain,2,15,500,0.180420,0.962000,3.310811,0.376000
5 blocks,2,15,500,0.165445,0.942000,3.036014,0.388000
rates A,2,15,500,0.656331,0.792000,2.111462,0.438000
rates B,2,15,500,1.100047,0.630000,1.919267,0.413000
plain,3,15,500,0.847981,0.776000,3.546322,0.336000
5 blocks,3,15,500,0.820846,0.756000,3.432840,0.348000
rates A,3,15,500,0.542029,0.810000,2.307668,0.432000
rates B,3,15,500,1.021843,0.674000,1.906187,0.419000
"""
dropout_chosen = "rates A"

# %% wrong="the rates in place of their name" loses={"dropout-evidence-choice": "no_variant"}
dropout_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,0.365000
5 blocks,11,8,500,0.927698,0.678000,2.211756,0.377000
rates A,11,8,500,1.191668,0.560000,1.836248,0.371000
rates B,11,8,500,1.880610,0.286000,2.044505,0.184000
plain,12,8,500,0.737142,0.778000,2.358957,0.367000
5 blocks,12,8,500,0.701022,0.758000,2.243368,0.379000
rates A,12,8,500,1.146525,0.638000,1.794796,0.384000
rates B,12,8,500,1.692830,0.452000,1.835922,0.360000
plain,13,8,500,1.041318,0.604000,1.892533,0.403000
5 blocks,13,8,500,0.954889,0.584000,1.735453,0.415000
rates A,13,8,500,1.550072,0.480000,1.897750,0.327000
rates B,13,8,500,1.970487,0.270000,2.090104,0.173000
"""
dropout_chosen = rate_choices["rates A"]

# %% wrong="the choice without quotation marks" loses={"dropout-evidence-table": "error", "dropout-evidence-fair": "error", "dropout-evidence-choice": "error"}
dropout_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,0.365000
5 blocks,11,8,500,0.927698,0.678000,2.211756,0.377000
rates A,11,8,500,1.191668,0.560000,1.836248,0.371000
rates B,11,8,500,1.880610,0.286000,2.044505,0.184000
plain,12,8,500,0.737142,0.778000,2.358957,0.367000
5 blocks,12,8,500,0.701022,0.758000,2.243368,0.379000
rates A,12,8,500,1.146525,0.638000,1.794796,0.384000
rates B,12,8,500,1.692830,0.452000,1.835922,0.360000
plain,13,8,500,1.041318,0.604000,1.892533,0.403000
5 blocks,13,8,500,0.954889,0.584000,1.735453,0.415000
rates A,13,8,500,1.550072,0.480000,1.897750,0.327000
rates B,13,8,500,1.970487,0.270000,2.090104,0.173000
"""
dropout_chosen = rates A

# %% wrong="both variants chosen" loses={"dropout-evidence-choice": "no_variant"}
dropout_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,0.365000
5 blocks,11,8,500,0.927698,0.678000,2.211756,0.377000
rates A,11,8,500,1.191668,0.560000,1.836248,0.371000
rates B,11,8,500,1.880610,0.286000,2.044505,0.184000
plain,12,8,500,0.737142,0.778000,2.358957,0.367000
5 blocks,12,8,500,0.701022,0.758000,2.243368,0.379000
rates A,12,8,500,1.146525,0.638000,1.794796,0.384000
rates B,12,8,500,1.692830,0.452000,1.835922,0.360000
plain,13,8,500,1.041318,0.604000,1.892533,0.403000
5 blocks,13,8,500,0.954889,0.584000,1.735453,0.415000
rates A,13,8,500,1.550072,0.480000,1.897750,0.327000
rates B,13,8,500,1.970487,0.270000,2.090104,0.173000
"""
dropout_chosen = ["rates A", "rates B"]

# %% [raw] wrong="the net of part 1 is missing" loses={"dropout-evidence-table": "other_models", "dropout-evidence-fair": "other_models"}
# - 5 blocks,0,30,500,0.839674,0.714000,1.105604,0.686000
#
# - 5 blocks,1,30,500,0.909710,0.694000,1.187814,0.657000
#
# - 5 blocks,2,30,500,0.883876,0.702000,1.359916,0.596000
#
# - 5 blocks,3,30,500,0.827986,0.718000,1.247268,0.609000

# %% [raw] wrong="the net of part 1 is chosen" loses={"dropout-evidence-choice": "compared"}
# - dropout_chosen = "rates A"
# + dropout_chosen = "5 blocks"
