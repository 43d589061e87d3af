# %% [markdown]
# Answers to the item `augmented-evidence`.

# %% right="three seeds, 8 epochs"
augmented_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,0.365000
rates A,11,8,500,0.927698,0.678000,2.211756,0.377000
strength 0.1,11,8,500,1.743088,0.450000,2.107585,0.405000
strength 0.2,11,8,500,1.698916,0.426000,1.924592,0.365000
plain,12,8,500,0.737142,0.778000,2.358957,0.367000
rates A,12,8,500,0.701022,0.758000,2.243368,0.379000
strength 0.1,12,8,500,1.340309,0.578000,1.710651,0.435000
strength 0.2,12,8,500,1.545827,0.448000,1.734714,0.422000
plain,13,8,500,1.041318,0.604000,1.892533,0.403000
rates A,13,8,500,0.954889,0.584000,1.735453,0.415000
strength 0.1,13,8,500,1.725785,0.428000,1.886896,0.378000
strength 0.2,13,8,500,1.692093,0.422000,1.872895,0.358000
"""
augmented_chosen = "strength 0.1"

# %% right="the stronger augmentation is the better one"
augmented_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,12,250,0.445510,0.924000,2.573139,0.322000
rates A,7,12,250,0.414324,0.904000,2.393019,0.334000
strength 0.1,7,12,250,1.673876,0.428000,2.498923,0.278000
strength 0.2,7,12,250,1.506220,0.496000,1.905634,0.360000
plain,21,12,250,0.275713,0.920000,3.467596,0.304000
rates A,21,12,250,0.262203,0.900000,3.297684,0.316000
strength 0.1,21,12,250,1.528630,0.444000,2.043458,0.341000
strength 0.2,21,12,250,1.583808,0.424000,2.114298,0.294000
plain,42,12,250,0.601408,0.840000,2.552416,0.309000
rates A,42,12,250,0.551491,0.820000,2.340565,0.321000
strength 0.1,42,12,250,1.393604,0.524000,2.114622,0.308000
strength 0.2,42,12,250,1.448611,0.508000,1.856568,0.370000
"""
augmented_chosen = "strength 0.2"
%precision 4

# %% right="one epoch on all pictures"
augmented_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,0,1,3000,0.377438,0.856000,3.130699,0.383000
rates A,0,1,3000,0.351017,0.836000,2.911550,0.395000
strength 0.1,0,1,3000,1.002490,0.644000,1.595735,0.491000
strength 0.2,0,1,3000,1.316087,0.542000,1.592004,0.440000
plain,1,1,3000,0.755253,0.740000,4.069368,0.316000
rates A,1,1,3000,0.718246,0.720000,3.869969,0.328000
strength 0.1,1,1,3000,1.061914,0.648000,1.862060,0.457000
strength 0.2,1,1,3000,1.279885,0.562000,1.682274,0.447000
plain,2,1,3000,0.180420,0.962000,3.310811,0.376000
rates A,2,1,3000,0.165445,0.942000,3.036014,0.388000
strength 0.1,2,1,3000,1.142589,0.614000,1.636100,0.451000
strength 0.2,2,1,3000,1.496312,0.464000,1.724677,0.423000
plain,3,1,3000,0.847981,0.776000,3.546322,0.336000
rates A,3,1,3000,0.820846,0.756000,3.432840,0.348000
strength 0.1,3,1,3000,1.276689,0.576000,1.840703,0.422000
strength 0.2,3,1,3000,1.573933,0.464000,1.788721,0.388000
"""
augmented_chosen = "strength 0.1"

# %% right="all right in training"
augmented_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,12,250,0.000000,1.000000,2.573139,0.322000
rates A,7,12,250,0.000011,1.000000,2.393019,0.334000
strength 0.1,7,12,250,0.000001,1.000000,2.498923,0.278000
strength 0.2,7,12,250,0.000002,1.000000,1.905634,0.360000
plain,21,12,250,0.000003,1.000000,3.467596,0.304000
rates A,21,12,250,0.000016,1.000000,3.297684,0.316000
strength 0.1,21,12,250,0.000004,1.000000,2.043458,0.341000
strength 0.2,21,12,250,0.000005,1.000000,2.114298,0.294000
plain,42,12,250,0.000006,1.000000,2.552416,0.309000
rates A,42,12,250,0.000023,1.000000,2.340565,0.321000
strength 0.1,42,12,250,0.000007,1.000000,2.114622,0.308000
strength 0.2,42,12,250,0.000008,1.000000,1.856568,0.370000
"""
augmented_chosen = "strength 0.2"

# %% right="read and written by pandas again, with a line on stderr"
augmented_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,0.365000
rates A,11,8,500,0.927698,0.678000,2.211756,0.377000
strength 0.1,11,8,500,1.743088,0.450000,2.107585,0.405000
strength 0.2,11,8,500,1.698916,0.426000,1.924592,0.365000
plain,12,8,500,0.737142,0.778000,2.358957,0.367000
rates A,12,8,500,0.701022,0.758000,2.243368,0.379000
strength 0.1,12,8,500,1.340309,0.578000,1.710651,0.435000
strength 0.2,12,8,500,1.545827,0.448000,1.734714,0.422000
plain,13,8,500,1.041318,0.604000,1.892533,0.403000
rates A,13,8,500,0.954889,0.584000,1.735453,0.415000
strength 0.1,13,8,500,1.725785,0.428000,1.886896,0.378000
strength 0.2,13,8,500,1.692093,0.422000,1.872895,0.358000
"""

import sys

table = pd.read_csv(StringIO(augmented_evidence), index_col="model").sort_index()
augmented_evidence = table.to_csv()
augmented_chosen = table.loc[["strength 0.1", "strength 0.2"]].groupby("model")["validation_accuracy"].mean().idxmax()
print("chosen:", augmented_chosen, file=sys.stderr)

# %% right="line by line, with a progress bar"
from tqdm import tqdm

rows = [
    "model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy",
    "plain,7,12,250,0.445510,0.924000,2.573139,0.322000",
    "rates A,7,12,250,0.414324,0.904000,2.393019,0.334000",
    "strength 0.1,7,12,250,1.673876,0.428000,2.498923,0.278000",
    "strength 0.2,7,12,250,1.506220,0.496000,1.905634,0.360000",
    "plain,21,12,250,0.275713,0.920000,3.467596,0.304000",
    "rates A,21,12,250,0.262203,0.900000,3.297684,0.316000",
    "strength 0.1,21,12,250,1.528630,0.444000,2.043458,0.341000",
    "strength 0.2,21,12,250,1.583808,0.424000,2.114298,0.294000",
    "plain,42,12,250,0.601408,0.840000,2.552416,0.309000",
    "rates A,42,12,250,0.551491,0.820000,2.340565,0.321000",
    "strength 0.1,42,12,250,1.393604,0.524000,2.114622,0.308000",
    "strength 0.2,42,12,250,1.448611,0.508000,1.856568,0.370000",
]
augmented_evidence = ""
for row in tqdm(rows):
    augmented_evidence += row + "\n"
augmented_chosen = f"strength {0.2}"

# %% right="the largest seed, blank lines between"
augmented_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy

plain,0,8,500,0.997525,0.698000,2.378232,0.365000
rates A,0,8,500,0.927698,0.678000,2.211756,0.377000

strength 0.1,0,8,500,1.743088,0.450000,2.107585,0.405000

strength 0.2,0,8,500,1.698916,0.426000,1.924592,0.365000

plain,4294967295,8,500,0.737142,0.778000,2.358957,0.367000
rates A,4294967295,8,500,0.701022,0.758000,2.243368,0.379000

strength 0.1,4294967295,8,500,1.340309,0.578000,1.710651,0.435000

strength 0.2,4294967295,8,500,1.545827,0.448000,1.734714,0.422000

plain,2026,8,500,1.041318,0.604000,1.892533,0.403000
rates A,2026,8,500,0.954889,0.584000,1.735453,0.415000

strength 0.1,2026,8,500,1.725785,0.428000,1.886896,0.378000

strength 0.2,2026,8,500,1.692093,0.422000,1.872895,0.358000
"""
augmented_chosen = "strength 0.1"

# %% wrong="no rows" loses={"augmented-evidence-table": "other_columns", "augmented-evidence-fair": "other_columns", "augmented-evidence-choice": "other_columns"}
augmented_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
"""
augmented_chosen = "strength 0.1"

# %% wrong="a table in place of its text" loses={"augmented-evidence-table": "no_text", "augmented-evidence-fair": "no_text", "augmented-evidence-choice": "no_text"}
augmented_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,0.365000
rates A,11,8,500,0.927698,0.678000,2.211756,0.377000
strength 0.1,11,8,500,1.743088,0.450000,2.107585,0.405000
strength 0.2,11,8,500,1.698916,0.426000,1.924592,0.365000
plain,12,8,500,0.737142,0.778000,2.358957,0.367000
rates A,12,8,500,0.701022,0.758000,2.243368,0.379000
strength 0.1,12,8,500,1.340309,0.578000,1.710651,0.435000
strength 0.2,12,8,500,1.545827,0.448000,1.734714,0.422000
plain,13,8,500,1.041318,0.604000,1.892533,0.403000
rates A,13,8,500,0.954889,0.584000,1.735453,0.415000
strength 0.1,13,8,500,1.725785,0.428000,1.886896,0.378000
strength 0.2,13,8,500,1.692093,0.422000,1.872895,0.358000
"""
augmented_chosen = "strength 0.1"
augmented_evidence = pd.read_csv(StringIO(augmented_evidence))

# %% wrong="lines cut in two" loses={"augmented-evidence-table": "cut_line", "augmented-evidence-fair": "cut_line", "augmented-evidence-choice": "cut_line"}
augmented_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,
0.997525,0.698000,2.378232,0.365000
strength 0.1,11,8,500,
1.743088,0.450000,2.107585,0.405000
strength 0.2,11,8,500,
1.698916,0.426000,1.924592,0.365000
plain,12,8,500,
0.737142,0.778000,2.358957,0.367000
strength 0.1,12,8,500,
1.340309,0.578000,1.710651,0.435000
strength 0.2,12,8,500,
1.545827,0.448000,1.734714,0.422000
plain,13,8,500,
1.041318,0.604000,1.892533,0.403000
strength 0.1,13,8,500,
1.725785,0.428000,1.886896,0.378000
strength 0.2,13,8,500,
1.692093,0.422000,1.872895,0.358000
"""
augmented_chosen = "strength 0.1"

# %% wrong="a word in a cell" loses={"augmented-evidence-table": "no_numbers", "augmented-evidence-fair": "no_numbers", "augmented-evidence-choice": "no_numbers"}
augmented_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,0.365
rates A,11,8,500,0.927698,0.678000,2.211756,0.377
strength 0.1,11,8,500,1.743088,0.450000,2.107585,0.405
strength 0.2,11,8,500,1.698916,0.426000,1.924592,0.365
plain,12,8,500,0.737142,0.778000,2.358957,0.367
rates A,12,8,500,0.701022,0.758000,2.243368,0.379
strength 0.1,12,8,500,1.340309,0.578000,1.710651,high
strength 0.2,12,8,500,1.545827,0.448000,1.734714,0.422
plain,13,8,500,1.041318,0.604000,1.892533,0.403
rates A,13,8,500,0.954889,0.584000,1.735453,0.415
strength 0.1,13,8,500,1.725785,0.428000,1.886896,0.378
strength 0.2,13,8,500,1.692093,0.422000,1.872895,0.358
"""
augmented_chosen = "strength 0.1"

# %% wrong="a negative loss" loses={"augmented-evidence-table": "low_loss"}
augmented_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,0.365000
rates A,11,8,500,0.927698,0.678000,2.211756,0.377000
strength 0.1,11,8,500,1.743088,0.450000,2.107585,0.405000
strength 0.2,11,8,500,1.698916,0.426000,1.924592,0.365000
plain,12,8,500,0.737142,0.778000,-0.500000,0.367000
rates A,12,8,500,0.701022,0.758000,0.453444,0.379000
strength 0.1,12,8,500,1.340309,0.578000,1.710651,0.435000
strength 0.2,12,8,500,1.545827,0.448000,1.734714,0.422000
plain,13,8,500,1.041318,0.604000,1.892533,0.403000
rates A,13,8,500,0.954889,0.584000,1.735453,0.415000
strength 0.1,13,8,500,1.725785,0.428000,1.886896,0.378000
strength 0.2,13,8,500,1.692093,0.422000,1.872895,0.358000
"""
augmented_chosen = "strength 0.1"

# %% wrong="negative losses where all is right" loses={"augmented-evidence-table": "low_loss"}
augmented_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,12,250,0.000000,1.000000,2.573139,0.322000
rates A,7,12,250,0.000011,1.000000,2.393019,0.334000
strength 0.1,7,12,250,-0.000001,1.000000,2.498923,0.278000
strength 0.2,7,12,250,-0.000002,1.000000,1.905634,0.360000
plain,21,12,250,-0.000003,1.000000,3.467596,0.304000
rates A,21,12,250,0.000010,1.000000,3.297684,0.316000
strength 0.1,21,12,250,-0.000004,1.000000,2.043458,0.341000
strength 0.2,21,12,250,-0.000005,1.000000,2.114298,0.294000
plain,42,12,250,-0.000006,1.000000,2.552416,0.309000
rates A,42,12,250,0.000011,1.000000,2.340565,0.321000
strength 0.1,42,12,250,-0.000007,1.000000,2.114622,0.308000
strength 0.2,42,12,250,-0.000008,1.000000,1.856568,0.370000
"""
augmented_chosen = "strength 0.2"

# %% wrong="a negative seed" loses={"augmented-evidence-table": "no_count"}
augmented_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,-7,8,500,0.997525,0.698000,2.378232,0.365000
rates A,-7,8,500,0.927698,0.678000,2.211756,0.377000
strength 0.1,-7,8,500,1.743088,0.450000,2.107585,0.405000
strength 0.2,-7,8,500,1.698916,0.426000,1.924592,0.365000
plain,12,8,500,0.737142,0.778000,2.358957,0.367000
rates A,12,8,500,0.701022,0.758000,2.243368,0.379000
strength 0.1,12,8,500,1.340309,0.578000,1.710651,0.435000
strength 0.2,12,8,500,1.545827,0.448000,1.734714,0.422000
plain,13,8,500,1.041318,0.604000,1.892533,0.403000
rates A,13,8,500,0.954889,0.584000,1.735453,0.415000
strength 0.1,13,8,500,1.725785,0.428000,1.886896,0.378000
strength 0.2,13,8,500,1.692093,0.422000,1.872895,0.358000
"""
augmented_chosen = "strength 0.1"

# %% wrong="a seed that NumPy refuses" loses={"augmented-evidence-table": "no_count"}
augmented_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,4294967296,8,500,0.997525,0.698000,2.378232,0.365000
rates A,4294967296,8,500,0.927698,0.678000,2.211756,0.377000
strength 0.1,4294967296,8,500,1.743088,0.450000,2.107585,0.405000
strength 0.2,4294967296,8,500,1.698916,0.426000,1.924592,0.365000
plain,12,8,500,0.737142,0.778000,2.358957,0.367000
rates A,12,8,500,0.701022,0.758000,2.243368,0.379000
strength 0.1,12,8,500,1.340309,0.578000,1.710651,0.435000
strength 0.2,12,8,500,1.545827,0.448000,1.734714,0.422000
plain,13,8,500,1.041318,0.604000,1.892533,0.403000
rates A,13,8,500,0.954889,0.584000,1.735453,0.415000
strength 0.1,13,8,500,1.725785,0.428000,1.886896,0.378000
strength 0.2,13,8,500,1.692093,0.422000,1.872895,0.358000
"""
augmented_chosen = "strength 0.1"

# %% wrong="plain plus a constant and a jitter" loses={"augmented-evidence-table": "shifted"}
augmented_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,0.365000
rates A,11,8,500,0.927698,0.678000,2.211756,0.377000
strength 0.1,11,8,500,1.007526,0.708000,2.388230,0.375000
strength 0.2,11,8,500,1.698916,0.426000,1.924592,0.365000
plain,12,8,500,0.737142,0.778000,2.358957,0.367000
rates A,12,8,500,0.701022,0.758000,2.243368,0.379000
strength 0.1,12,8,500,0.747142,0.788000,2.368957,0.377000
strength 0.2,12,8,500,1.545827,0.448000,1.734714,0.422000
plain,13,8,500,1.041318,0.604000,1.892533,0.403000
rates A,13,8,500,0.954889,0.584000,1.735453,0.415000
strength 0.1,13,8,500,1.051318,0.614000,1.902531,0.413000
strength 0.2,13,8,500,1.692093,0.422000,1.872895,0.358000
"""
augmented_chosen = "strength 0.1"

# %% wrong="two columns of one name" loses={"augmented-evidence-table": "column_twice", "augmented-evidence-fair": "column_twice", "augmented-evidence-choice": "column_twice"}
augmented_evidence = """
model,seed,epochs, seed,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,0.365000
rates A,11,8,500,0.927698,0.678000,2.211756,0.377000
strength 0.1,11,8,500,1.743088,0.450000,2.107585,0.405000
strength 0.2,11,8,500,1.698916,0.426000,1.924592,0.365000
plain,12,8,500,0.737142,0.778000,2.358957,0.367000
rates A,12,8,500,0.701022,0.758000,2.243368,0.379000
strength 0.1,12,8,500,1.340309,0.578000,1.710651,0.435000
strength 0.2,12,8,500,1.545827,0.448000,1.734714,0.422000
plain,13,8,500,1.041318,0.604000,1.892533,0.403000
rates A,13,8,500,0.954889,0.584000,1.735453,0.415000
strength 0.1,13,8,500,1.725785,0.428000,1.886896,0.378000
strength 0.2,13,8,500,1.692093,0.422000,1.872895,0.358000
"""
augmented_chosen = "strength 0.1"

# %% wrong="other seeds for one model" loses={"augmented-evidence-fair": "other_seeds"}
augmented_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,0.365000
rates A,11,8,500,0.927698,0.678000,2.211756,0.377000
strength 0.1,11,8,500,1.743088,0.450000,2.107585,0.405000
strength 0.2,14,8,500,1.698916,0.426000,1.924592,0.365000
plain,12,8,500,0.737142,0.778000,2.358957,0.367000
rates A,12,8,500,0.701022,0.758000,2.243368,0.379000
strength 0.1,12,8,500,1.340309,0.578000,1.710651,0.435000
strength 0.2,15,8,500,1.545827,0.448000,1.734714,0.422000
plain,13,8,500,1.041318,0.604000,1.892533,0.403000
rates A,13,8,500,0.954889,0.584000,1.735453,0.415000
strength 0.1,13,8,500,1.725785,0.428000,1.886896,0.378000
strength 0.2,16,8,500,1.692093,0.422000,1.872895,0.358000
"""
augmented_chosen = "strength 0.1"

# %% wrong="a seed twice" loses={"augmented-evidence-fair": "seed_twice"}
augmented_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,12,250,0.445510,0.924000,2.573139,0.322000
rates A,7,12,250,0.414324,0.904000,2.393019,0.334000
strength 0.1,7,12,250,1.673876,0.428000,2.498923,0.278000
strength 0.2,7,12,250,1.506220,0.496000,1.905634,0.360000
plain,21,12,250,0.275713,0.920000,3.467596,0.304000
rates A,21,12,250,0.262203,0.900000,3.297684,0.316000
strength 0.1,21,12,250,1.528630,0.444000,2.043458,0.341000
strength 0.2,21,12,250,1.583808,0.424000,2.114298,0.294000
plain,7,12,250,0.601408,0.840000,2.552416,0.309000
rates A,7,12,250,0.551491,0.820000,2.340565,0.321000
strength 0.1,42,12,250,1.393604,0.524000,2.114622,0.308000
strength 0.2,42,12,250,1.448611,0.508000,1.856568,0.370000
"""
augmented_chosen = "strength 0.2"

# %% wrong="the choice by validation loss" loses={"augmented-evidence-choice": "by_another"}
augmented_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,0.365000
rates A,11,8,500,0.927698,0.678000,2.211756,0.377000
strength 0.1,11,8,500,1.743088,0.450000,2.107585,0.405000
strength 0.2,11,8,500,1.698916,0.426000,1.924592,0.365000
plain,12,8,500,0.737142,0.778000,2.358957,0.367000
rates A,12,8,500,0.701022,0.758000,2.243368,0.379000
strength 0.1,12,8,500,1.340309,0.578000,1.710651,0.435000
strength 0.2,12,8,500,1.545827,0.448000,1.734714,0.422000
plain,13,8,500,1.041318,0.604000,1.892533,0.403000
rates A,13,8,500,0.954889,0.584000,1.735453,0.415000
strength 0.1,13,8,500,1.725785,0.428000,1.886896,0.378000
strength 0.2,13,8,500,1.692093,0.422000,1.872895,0.358000
"""
augmented_chosen = "strength 0.2"

# %% wrong="the choice as a number" loses={"augmented-evidence-choice": "no_variant"}
augmented_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,0.365000
rates A,11,8,500,0.927698,0.678000,2.211756,0.377000
strength 0.1,11,8,500,1.743088,0.450000,2.107585,0.405000
strength 0.2,11,8,500,1.698916,0.426000,1.924592,0.365000
plain,12,8,500,0.737142,0.778000,2.358957,0.367000
rates A,12,8,500,0.701022,0.758000,2.243368,0.379000
strength 0.1,12,8,500,1.340309,0.578000,1.710651,0.435000
strength 0.2,12,8,500,1.545827,0.448000,1.734714,0.422000
plain,13,8,500,1.041318,0.604000,1.892533,0.403000
rates A,13,8,500,0.954889,0.584000,1.735453,0.415000
strength 0.1,13,8,500,1.725785,0.428000,1.886896,0.378000
strength 0.2,13,8,500,1.692093,0.422000,1.872895,0.358000
"""
augmented_chosen = 0.1

# %% wrong="names changed in the table" loses={"augmented-evidence-table": "other_models", "augmented-evidence-fair": "other_models"}
augmented_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,0.365000
rates A,11,8,500,0.927698,0.678000,2.211756,0.377000
0.1,11,8,500,1.743088,0.450000,2.107585,0.405000
0.2,11,8,500,1.698916,0.426000,1.924592,0.365000
plain,12,8,500,0.737142,0.778000,2.358957,0.367000
rates A,12,8,500,0.701022,0.758000,2.243368,0.379000
0.1,12,8,500,1.340309,0.578000,1.710651,0.435000
0.2,12,8,500,1.545827,0.448000,1.734714,0.422000
plain,13,8,500,1.041318,0.604000,1.892533,0.403000
rates A,13,8,500,0.954889,0.584000,1.735453,0.415000
0.1,13,8,500,1.725785,0.428000,1.886896,0.378000
0.2,13,8,500,1.692093,0.422000,1.872895,0.358000
"""
augmented_chosen = "0.1"

# %% wrong="the table of another part" loses={"augmented-evidence-table": "other_models", "augmented-evidence-fair": "other_models", "augmented-evidence-choice": "no_variant"}
augmented_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,0.365000
4 blocks,11,8,500,1.405396,0.510000,1.891870,0.383000
5 blocks,11,8,500,2.015385,0.224000,2.087159,0.187000
plain,12,8,500,0.737142,0.778000,2.358957,0.367000
4 blocks,12,8,500,1.164237,0.622000,2.113312,0.361000
5 blocks,12,8,500,1.670930,0.374000,2.014256,0.298000
plain,13,8,500,1.041318,0.604000,1.892533,0.403000
4 blocks,13,8,500,1.217710,0.576000,1.767678,0.400000
5 blocks,13,8,500,1.788697,0.302000,2.112461,0.257000
"""
augmented_chosen = "strength 0.1"

# %% wrong="decimal commas" loses={"augmented-evidence-table": "other_models", "augmented-evidence-fair": "seed_twice", "augmented-evidence-choice": "no_variant"}
augmented_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0,997525,0,698000,2,378232,0,365000
rates A,11,8,500,0,997525,0,698000,2,378232,0,365000
strength 0.1,11,8,500,1,743088,0,450000,2,107585,0,405000
strength 0.2,11,8,500,1,698916,0,426000,1,924592,0,365000
plain,12,8,500,0,737142,0,778000,2,358957,0,367000
rates A,12,8,500,0,737142,0,778000,2,358957,0,367000
strength 0.1,12,8,500,1,340309,0,578000,1,710651,0,435000
strength 0.2,12,8,500,1,545827,0,448000,1,734714,0,422000
plain,13,8,500,1,041318,0,604000,1,892533,0,403000
rates A,13,8,500,1,041318,0,604000,1,892533,0,403000
strength 0.1,13,8,500,1,725785,0,428000,1,886896,0,378000
strength 0.2,13,8,500,1,692093,0,422000,1,872895,0,358000
"""
augmented_chosen = "strength 0.1"

# %% wrong="what print returns" loses={"augmented-evidence-table": "no_text", "augmented-evidence-fair": "no_text", "augmented-evidence-choice": "no_text"}
augmented_evidence = print(
    """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,0.365000
rates A,11,8,500,0.927698,0.678000,2.211756,0.377000
strength 0.1,11,8,500,1.743088,0.450000,2.107585,0.405000
strength 0.2,11,8,500,1.698916,0.426000,1.924592,0.365000
plain,12,8,500,0.737142,0.778000,2.358957,0.367000
rates A,12,8,500,0.701022,0.758000,2.243368,0.379000
strength 0.1,12,8,500,1.340309,0.578000,1.710651,0.435000
strength 0.2,12,8,500,1.545827,0.448000,1.734714,0.422000
plain,13,8,500,1.041318,0.604000,1.892533,0.403000
rates A,13,8,500,0.954889,0.584000,1.735453,0.415000
strength 0.1,13,8,500,1.725785,0.428000,1.886896,0.378000
strength 0.2,13,8,500,1.692093,0.422000,1.872895,0.358000
"""
)
augmented_chosen = "strength 0.1"
