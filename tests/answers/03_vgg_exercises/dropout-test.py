# %% [markdown]
# Answers to the item `dropout-test`.

# %% right="the conclusion computed in one line"
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
5 blocks,0,2.783842,0.377000
rates A,0,1.861490,0.409000
plain,1,4.045740,0.298000
5 blocks,1,3.847499,0.298000
rates A,1,2.026610,0.350000
plain,2,3.580011,0.329000
5 blocks,2,3.282870,0.329000
rates A,2,1.936416,0.359000
plain,3,3.507190,0.311000
5 blocks,3,3.394960,0.311000
rates A,3,1.982079,0.378000
"""
d = compare(dropout_test, dropout_chosen, deeper_chosen)
dropout_conclusion = "higher" if d.low > 0 else "lower" if d.high < 0 else "cannot be told apart"
dropout_overall = "higher"

# %% right="other blanks in the conclusion"
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
5 blocks,0,2.783842,0.377000
rates A,0,1.861490,0.409000
plain,1,4.045740,0.298000
5 blocks,1,3.847499,0.298000
rates A,1,2.026610,0.350000
plain,2,3.580011,0.329000
5 blocks,2,3.282870,0.329000
rates A,2,1.936416,0.359000
plain,3,3.507190,0.311000
5 blocks,3,3.394960,0.311000
rates A,3,1.982079,0.378000
"""
dropout_conclusion = "  HIGHER\n"
dropout_overall = "higher"

# %% right="not told apart on another machine"
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,3.002692,0.314000
5 blocks,0,2.792504,0.314000
rates A,0,2.150328,0.354000
plain,1,3.740814,0.338000
5 blocks,1,3.557514,0.338000
rates A,1,2.221941,0.326000
plain,2,3.164566,0.319000
5 blocks,2,2.901907,0.319000
rates A,2,2.349749,0.350000
plain,3,3.481831,0.363000
5 blocks,3,3.370412,0.363000
rates A,3,1.953334,0.367000
"""
dropout_conclusion = "cannot be told apart"
dropout_overall = "cannot be told apart"

# %% right="lower on another machine, a function of one's own"
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,3.932947,0.351000
5 blocks,0,3.657641,0.351000
rates A,0,1.689342,0.331000
plain,1,3.704116,0.327000
5 blocks,1,3.522614,0.327000
rates A,1,2.470428,0.315000
plain,2,3.849135,0.343000
5 blocks,2,3.529657,0.343000
rates A,2,2.257992,0.312000
plain,3,3.453621,0.341000
5 blocks,3,3.343105,0.341000
rates A,3,1.985228,0.317000
"""


def conclude(test, chosen, step):
    """Pair by seed and look on which side of 0 the interval lies."""
    difference = compare(test, chosen, step)
    if difference.low <= 0 <= difference.high:
        return "cannot be told apart"
    return "higher" if difference.effect > 0 else "lower"


dropout_conclusion = conclude(dropout_test, dropout_chosen, deeper_chosen)
dropout_overall = "lower"


# %% right="lines joined, with a line on stderr"
import sys

dropout_test = "\n".join(
    [
        "model,seed,test_loss,test_accuracy",
        "plain,0,2.993379,0.377000",
        "5 blocks,0,2.783842,0.377000",
        "rates A,0,1.861490,0.409000",
        "plain,1,4.045740,0.298000",
        "5 blocks,1,3.847499,0.298000",
        "rates A,1,2.026610,0.350000",
        "plain,2,3.580011,0.329000",
        "5 blocks,2,3.282870,0.329000",
        "rates A,2,1.936416,0.359000",
        "plain,3,3.507190,0.311000",
        "5 blocks,3,3.394960,0.311000",
        "rates A,3,1.982079,0.378000",
    ]
)
dropout_conclusion = "higher"
dropout_overall = "higher"
print(compare(dropout_test, dropout_chosen, deeper_chosen), file=sys.stderr)

# %% right="three digits"
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993,0.377
5 blocks,0,2.783,0.377
rates A,0,1.861,0.409
plain,1,4.046,0.298
5 blocks,1,3.848,0.298
rates A,1,2.027,0.35
plain,2,3.58,0.329
5 blocks,2,3.28,0.329
rates A,2,1.936,0.359
plain,3,3.507,0.311
5 blocks,3,3.395,0.311
rates A,3,1.982,0.378
"""
dropout_conclusion = "higher"
dropout_overall = "higher"

# %% right="an interval that ends just below 0"
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,3.489624,0.330000
5 blocks,0,3.245350,0.330000
rates A,0,2.145172,0.390000
plain,1,3.263599,0.312000
5 blocks,1,3.103683,0.312000
rates A,1,2.001671,0.322000
plain,2,3.802065,0.331000
5 blocks,2,3.486494,0.331000
rates A,2,2.101559,0.331000
plain,3,3.546953,0.318000
5 blocks,3,3.433451,0.318000
rates A,3,2.271377,0.348000
"""
dropout_conclusion = "cannot be told apart"
dropout_overall = "cannot be told apart"

# %% wrong="a syntax error" loses={"dropout-test-conclusion": "error", "dropout-test-overall": "error"}
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
5 blocks,0,2.783842,0.377000
rates A,0,1.861490,0.409000
plain,1,4.045740,0.298000
5 blocks,1,3.847499,0.298000
rates A,1,2.026610,0.350000
plain,2,3.580011,0.329000
5 blocks,2,3.282870,0.329000
rates A,2,1.936416,0.359000
plain,3,3.507190,0.311000
5 blocks,3,3.394960,0.311000
rates A,3,1.982079,0.378000
"""
dropout_conclusion = = higher

# %% wrong="the runs are not paired" loses={"dropout-test-conclusion": "unpaired"}
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
5 blocks,0,2.783842,0.377000
rates A,0,1.861490,0.409000
plain,1,4.045740,0.298000
5 blocks,1,3.847499,0.298000
rates A,1,2.026610,0.350000
plain,2,3.580011,0.329000
5 blocks,2,3.282870,0.329000
rates A,2,1.936416,0.359000
plain,3,3.507190,0.311000
5 blocks,3,3.394960,0.311000
rates A,3,1.982079,0.378000
"""
dropout_conclusion = "cannot be told apart"
dropout_overall = "higher"

# %% wrong="plain minus variant" loses={"dropout-test-conclusion": "reversed"}
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
5 blocks,0,2.783842,0.377000
rates A,0,1.861490,0.409000
plain,1,4.045740,0.298000
5 blocks,1,3.847499,0.298000
rates A,1,2.026610,0.350000
plain,2,3.580011,0.329000
5 blocks,2,3.282870,0.329000
rates A,2,1.936416,0.359000
plain,3,3.507190,0.311000
5 blocks,3,3.394960,0.311000
rates A,3,1.982079,0.378000
"""
dropout_conclusion = "lower"
dropout_overall = "higher"

# %% wrong="other seeds than the evidence" loses={"dropout-test-conclusion": "other_seeds"}
dropout_test = """
model,seed,test_loss,test_accuracy
plain,5,2.993379,0.377000
5 blocks,5,2.783842,0.377000
rates A,5,1.861490,0.409000
plain,6,4.045740,0.298000
5 blocks,6,3.847499,0.298000
rates A,6,2.026610,0.350000
plain,7,3.580011,0.329000
5 blocks,7,3.282870,0.329000
rates A,7,1.936416,0.359000
plain,8,3.507190,0.311000
5 blocks,8,3.394960,0.311000
rates A,8,1.982079,0.378000
"""
dropout_conclusion = "higher"
dropout_overall = "higher"

# %% wrong="three of the four seeds" loses={"dropout-test-conclusion": "other_seeds"}
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
5 blocks,0,2.783842,0.377000
rates A,0,1.861490,0.409000
plain,1,4.045740,0.298000
5 blocks,1,3.847499,0.298000
rates A,1,2.026610,0.350000
plain,2,3.580011,0.329000
5 blocks,2,3.282870,0.329000
rates A,2,1.936416,0.359000
"""
dropout_conclusion = "higher"
dropout_overall = "higher"

# %% wrong="losses too small" loses={"dropout-test-conclusion": "low_loss"}
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,0.010000,0.377000
5 blocks,0,0.442831,0.377000
rates A,0,0.016531,0.409000
plain,1,0.024694,0.298000
5 blocks,1,0.509589,0.298000
rates A,1,0.034490,0.350000
plain,2,0.045918,0.329000
5 blocks,2,0.482102,0.329000
rates A,2,0.058980,0.359000
plain,3,0.073673,0.311000
5 blocks,3,0.506578,0.311000
rates A,3,0.090000,0.378000
"""
dropout_conclusion = "higher"
dropout_overall = "higher"

# %% wrong="the same numbers in all rows" loses={"dropout-test-conclusion": "copied"}
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,1.500000,0.500000
5 blocks,0,1.395000,0.500000
rates A,0,1.500000,0.500000
plain,1,1.500000,0.500000
5 blocks,1,1.426500,0.500000
rates A,1,1.500000,0.500000
plain,2,1.500000,0.500000
5 blocks,2,1.375500,0.500000
rates A,2,1.500000,0.500000
plain,3,1.500000,0.500000
5 blocks,3,1.452000,0.500000
rates A,3,1.500000,0.500000
"""
dropout_conclusion = "cannot be told apart"
dropout_overall = "cannot be told apart"

# %% wrong="one name for both models" loses={"dropout-test-conclusion": "other_models", "dropout-test-overall": "unpaired_table"}
dropout_test = """
model,seed,test_loss,test_accuracy
rates A,0,2.993379,0.377000
rates A,0,1.861490,0.409000
rates A,1,4.045740,0.298000
rates A,1,2.026610,0.350000
rates A,2,3.580011,0.329000
rates A,2,1.936416,0.359000
rates A,3,3.507190,0.311000
rates A,3,1.982079,0.378000
"""
dropout_conclusion = "higher"
dropout_overall = "higher"

# %% wrong="one name for two variants" loses={"dropout-test-conclusion": "other_seeds", "dropout-test-overall": "unpaired_table"}
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
5 blocks,0,2.783842,0.377000
rates A,0,1.861490,0.409000
rates A,0,1.927779,0.325000
plain,1,4.045740,0.298000
5 blocks,1,3.847499,0.298000
rates A,1,2.026610,0.350000
rates A,1,2.162221,0.353000
plain,2,3.580011,0.329000
5 blocks,2,3.282870,0.329000
rates A,2,1.936416,0.359000
rates A,2,2.391369,0.341000
plain,3,3.507190,0.311000
5 blocks,3,3.394960,0.311000
rates A,3,1.982079,0.378000
rates A,3,2.189394,0.388000
"""
dropout_conclusion = "higher"
dropout_overall = "higher"

# %% wrong="no first line" loses={"dropout-test-conclusion": "other_columns", "dropout-test-overall": "other_columns"}
dropout_test = """
plain,0,2.993379,0.377000
5 blocks,0,2.783842,0.377000
rates A,0,1.861490,0.409000
plain,1,4.045740,0.298000
5 blocks,1,3.847499,0.298000
rates A,1,2.026610,0.350000
plain,2,3.580011,0.329000
5 blocks,2,3.282870,0.329000
rates A,2,1.936416,0.359000
plain,3,3.507190,0.311000
5 blocks,3,3.394960,0.311000
rates A,3,1.982079,0.378000
"""
dropout_conclusion = "higher"
dropout_overall = "higher"

# %% wrong="a sentence" loses={"dropout-test-conclusion": "no_conclusion"}
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
5 blocks,0,2.783842,0.377000
rates A,0,1.861490,0.409000
plain,1,4.045740,0.298000
5 blocks,1,3.847499,0.298000
rates A,1,2.026610,0.350000
plain,2,3.580011,0.329000
5 blocks,2,3.282870,0.329000
rates A,2,1.936416,0.359000
plain,3,3.507190,0.311000
5 blocks,3,3.394960,0.311000
rates A,3,1.982079,0.378000
"""
dropout_conclusion = "higher, I think"
dropout_overall = "higher"

# %% wrong="the name of the better model" loses={"dropout-test-conclusion": "no_conclusion"}
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
5 blocks,0,2.783842,0.377000
rates A,0,1.861490,0.409000
plain,1,4.045740,0.298000
5 blocks,1,3.847499,0.298000
rates A,1,2.026610,0.350000
plain,2,3.580011,0.329000
5 blocks,2,3.282870,0.329000
rates A,2,1.936416,0.359000
plain,3,3.507190,0.311000
5 blocks,3,3.394960,0.311000
rates A,3,1.982079,0.378000
"""
dropout_conclusion = dropout_chosen
dropout_overall = "higher"

# %% wrong="the choice made anew after a look at the test" loses={"dropout-test-conclusion": "other_models", "dropout-test-overall": "other_models"}
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,3.472855,0.314000
5 blocks,0,3.229755,0.314000
rates B,0,1.868731,0.384000
plain,1,3.743036,0.343000
5 blocks,1,3.559627,0.343000
rates B,1,2.109478,0.423000
plain,2,3.475280,0.339000
5 blocks,2,3.186832,0.339000
rates B,2,2.121130,0.389000
plain,3,2.790234,0.313000
5 blocks,3,2.700947,0.313000
rates B,3,2.482085,0.403000
"""
dropout_conclusion = "higher"
dropout_overall = "higher"
dropout_chosen = "rates B"

# %% [raw] wrong="both steps taken together hold 0" loses={"dropout-test-overall": "one_end"}
# - dropout_overall = "higher"
# + dropout_overall = "cannot be told apart"

# %% [raw] wrong="no word on both steps" loses={"dropout-test-overall": "missing"}
# - dropout_overall = "higher"
