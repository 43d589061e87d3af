# %% [markdown]
# Answers to the item `dropout-test`.

# %% right="the conclusion computed in one line"
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
rates B,0,1.861490,0.409000
plain,1,4.045740,0.298000
rates B,1,2.026610,0.350000
plain,2,3.580011,0.329000
rates B,2,1.936416,0.359000
plain,3,3.507190,0.311000
rates B,3,1.982079,0.378000
"""
d = compare(dropout_test, dropout_chosen)
dropout_conclusion = "higher" if d.low > 0 else "lower" if d.high < 0 else "cannot be told apart"

# %% right="other blanks in the conclusion"
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
rates B,0,1.861490,0.409000
plain,1,4.045740,0.298000
rates B,1,2.026610,0.350000
plain,2,3.580011,0.329000
rates B,2,1.936416,0.359000
plain,3,3.507190,0.311000
rates B,3,1.982079,0.378000
"""
dropout_conclusion = "  HIGHER\n"

# %% right="not told apart on another machine"
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,3.002692,0.314000
rates B,0,2.150328,0.354000
plain,1,3.740814,0.338000
rates B,1,2.221941,0.326000
plain,2,3.164566,0.319000
rates B,2,2.349749,0.350000
plain,3,3.481831,0.363000
rates B,3,1.953334,0.367000
"""
dropout_conclusion = "cannot be told apart"

# %% right="lower on another machine, a function of one's own"
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,3.932947,0.351000
rates B,0,1.689342,0.331000
plain,1,3.704116,0.327000
rates B,1,2.470428,0.315000
plain,2,3.849135,0.343000
rates B,2,2.257992,0.312000
plain,3,3.453621,0.341000
rates B,3,1.985228,0.317000
"""


def conclude(test, chosen):
    """Pair by seed and look on which side of 0 the interval lies."""
    difference = compare(test, chosen)
    if difference.low <= 0 <= difference.high:
        return "cannot be told apart"
    return "higher" if difference.effect > 0 else "lower"


dropout_conclusion = conclude(dropout_test, dropout_chosen)

# %% right="lines joined, with a line on stderr"
import sys

dropout_test = "\n".join(
    [
        "model,seed,test_loss,test_accuracy",
        "plain,0,2.993379,0.377000",
        "rates B,0,1.861490,0.409000",
        "plain,1,4.045740,0.298000",
        "rates B,1,2.026610,0.350000",
        "plain,2,3.580011,0.329000",
        "rates B,2,1.936416,0.359000",
        "plain,3,3.507190,0.311000",
        "rates B,3,1.982079,0.378000",
    ]
)
dropout_conclusion = "higher"
print(compare(dropout_test, dropout_chosen), file=sys.stderr)

# %% right="three digits"
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993,0.377
rates B,0,1.861,0.409
plain,1,4.046,0.298
rates B,1,2.027,0.35
plain,2,3.58,0.329
rates B,2,1.936,0.359
plain,3,3.507,0.311
rates B,3,1.982,0.378
"""
dropout_conclusion = "higher"

# %% right="an interval that ends just below 0"
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,3.489624,0.330000
rates B,0,2.145172,0.390000
plain,1,3.263599,0.312000
rates B,1,2.001671,0.322000
plain,2,3.802065,0.331000
rates B,2,2.101559,0.331000
plain,3,3.546953,0.318000
rates B,3,2.271377,0.348000
"""
dropout_conclusion = "cannot be told apart"

# %% wrong="a syntax error" loses=["dropout-test-conclusion"] says=["not defined"]
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
rates B,0,1.861490,0.409000
plain,1,4.045740,0.298000
rates B,1,2.026610,0.350000
plain,2,3.580011,0.329000
rates B,2,1.936416,0.359000
plain,3,3.507190,0.311000
rates B,3,1.982079,0.378000
"""
dropout_conclusion = = higher

# %% wrong="the runs are not paired" loses=["dropout-test-conclusion"] says=["not paired by seed"]
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
rates B,0,1.861490,0.409000
plain,1,4.045740,0.298000
rates B,1,2.026610,0.350000
plain,2,3.580011,0.329000
rates B,2,1.936416,0.359000
plain,3,3.507190,0.311000
rates B,3,1.982079,0.378000
"""
dropout_conclusion = "cannot be told apart"

# %% wrong="plain minus variant" loses=["dropout-test-conclusion"] says=["taken the other way round"]
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
rates B,0,1.861490,0.409000
plain,1,4.045740,0.298000
rates B,1,2.026610,0.350000
plain,2,3.580011,0.329000
rates B,2,1.936416,0.359000
plain,3,3.507190,0.311000
rates B,3,1.982079,0.378000
"""
dropout_conclusion = "lower"

# %% wrong="other seeds than the evidence" loses=["dropout-test-conclusion"] says=["the two tables come from two trainings"]
dropout_test = """
model,seed,test_loss,test_accuracy
plain,5,2.993379,0.377000
rates B,5,1.861490,0.409000
plain,6,4.045740,0.298000
rates B,6,2.026610,0.350000
plain,7,3.580011,0.329000
rates B,7,1.936416,0.359000
plain,8,3.507190,0.311000
rates B,8,1.982079,0.378000
"""
dropout_conclusion = "higher"

# %% wrong="three of the four seeds" loses=["dropout-test-conclusion"] says=["the 4 seeds of the evidence"]
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
rates B,0,1.861490,0.409000
plain,1,4.045740,0.298000
rates B,1,2.026610,0.350000
plain,2,3.580011,0.329000
rates B,2,1.936416,0.359000
"""
dropout_conclusion = "higher"

# %% wrong="losses too small" loses=["dropout-test-conclusion"] says=["at least ln 2 times"]
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,0.010000,0.377000
rates B,0,0.016531,0.409000
plain,1,0.024694,0.298000
rates B,1,0.034490,0.350000
plain,2,0.045918,0.329000
rates B,2,0.058980,0.359000
plain,3,0.073673,0.311000
rates B,3,0.090000,0.378000
"""
dropout_conclusion = "higher"

# %% wrong="the same numbers in all rows" loses=["dropout-test-conclusion"] says=["rows were copied"]
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,1.500000,0.500000
rates B,0,1.500000,0.500000
plain,1,1.500000,0.500000
rates B,1,1.500000,0.500000
plain,2,1.500000,0.500000
rates B,2,1.500000,0.500000
plain,3,1.500000,0.500000
rates B,3,1.500000,0.500000
"""
dropout_conclusion = "cannot be told apart"

# %% wrong="one name for both models" loses=["dropout-test-conclusion"] says=["rows were added or left out"]
dropout_test = """
model,seed,test_loss,test_accuracy
rates B,0,2.993379,0.377000
rates B,0,1.861490,0.409000
rates B,1,4.045740,0.298000
rates B,1,2.026610,0.350000
rates B,2,3.580011,0.329000
rates B,2,1.936416,0.359000
rates B,3,3.507190,0.311000
rates B,3,1.982079,0.378000
"""
dropout_conclusion = "higher"

# %% wrong="one name for two variants" loses=["dropout-test-conclusion"] says=["each once"]
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
rates B,0,1.861490,0.409000
rates B,0,1.927779,0.325000
plain,1,4.045740,0.298000
rates B,1,2.026610,0.350000
rates B,1,2.162221,0.353000
plain,2,3.580011,0.329000
rates B,2,1.936416,0.359000
rates B,2,2.391369,0.341000
plain,3,3.507190,0.311000
rates B,3,1.982079,0.378000
rates B,3,2.189394,0.388000
"""
dropout_conclusion = "higher"

# %% wrong="no first line" loses=["dropout-test-conclusion"] says=["the first line was not copied"]
dropout_test = """
plain,0,2.993379,0.377000
rates B,0,1.861490,0.409000
plain,1,4.045740,0.298000
rates B,1,2.026610,0.350000
plain,2,3.580011,0.329000
rates B,2,1.936416,0.359000
plain,3,3.507190,0.311000
rates B,3,1.982079,0.378000
"""
dropout_conclusion = "higher"

# %% wrong="a sentence" loses=["dropout-test-conclusion"] says=["not written as one of the three"]
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
rates B,0,1.861490,0.409000
plain,1,4.045740,0.298000
rates B,1,2.026610,0.350000
plain,2,3.580011,0.329000
rates B,2,1.936416,0.359000
plain,3,3.507190,0.311000
rates B,3,1.982079,0.378000
"""
dropout_conclusion = "higher, I think"

# %% wrong="the name of the better model" loses=["dropout-test-conclusion"] says=["one of higher, lower, cannot be told apart"]
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
rates B,0,1.861490,0.409000
plain,1,4.045740,0.298000
rates B,1,2.026610,0.350000
plain,2,3.580011,0.329000
rates B,2,1.936416,0.359000
plain,3,3.507190,0.311000
rates B,3,1.982079,0.378000
"""
dropout_conclusion = dropout_chosen

# %% wrong="the interval in place of the conclusion" loses=["dropout-test-conclusion"] says=["an object of type Difference"]
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
rates B,0,1.861490,0.409000
plain,1,4.045740,0.298000
rates B,1,2.026610,0.350000
plain,2,3.580011,0.329000
rates B,2,1.936416,0.359000
plain,3,3.507190,0.311000
rates B,3,1.982079,0.378000
"""
dropout_conclusion = compare(dropout_test, dropout_chosen)

# %% wrong="the choice made anew after a look at the test" loses=["dropout-test-conclusion"] says=["the choice was changed"]
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,3.472855,0.314000
rates A,0,1.868731,0.384000
plain,1,3.743036,0.343000
rates A,1,2.109478,0.423000
plain,2,3.475280,0.339000
rates A,2,2.121130,0.389000
plain,3,2.790234,0.313000
rates A,3,2.482085,0.403000
"""
dropout_conclusion = "higher"
dropout_chosen = "rates A"
