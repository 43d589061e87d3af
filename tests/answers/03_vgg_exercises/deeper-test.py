# %% [markdown]
# Answers to the item `deeper-test`.

# %% right="the conclusion computed"
deeper_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
5 blocks,0,1.963785,0.353000
plain,1,4.045740,0.298000
5 blocks,1,2.760737,0.331000
plain,2,3.580011,0.329000
5 blocks,2,2.916921,0.282000
plain,3,3.507190,0.311000
5 blocks,3,3.140002,0.328000
"""

difference = compare(deeper_test, deeper_chosen)
if difference.low > 0:
    deeper_conclusion = "higher"
elif difference.high < 0:
    deeper_conclusion = "lower"
else:
    deeper_conclusion = "cannot be told apart"

# %% right="capitals and a full stop"
deeper_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
5 blocks,0,1.963785,0.353000
plain,1,4.045740,0.298000
5 blocks,1,2.760737,0.331000
plain,2,3.580011,0.329000
5 blocks,2,2.916921,0.282000
plain,3,3.507190,0.311000
5 blocks,3,3.140002,0.328000
"""
deeper_conclusion = " Cannot be told apart. "

# %% right="rows by model, from the last seed to the first"
deeper_test = """
model,seed,test_loss,test_accuracy
plain,3,3.507190,0.311000
plain,2,3.580011,0.329000
plain,1,4.045740,0.298000
plain,0,2.993379,0.377000
5 blocks,3,3.140002,0.328000
5 blocks,2,2.916921,0.282000
5 blocks,1,2.760737,0.331000
5 blocks,0,1.963785,0.353000
"""
deeper_conclusion = "cannot be told apart"

# %% right="higher on another machine"
deeper_test = """
model,seed,test_loss,test_accuracy
plain,0,3.646485,0.337000
5 blocks,0,2.266087,0.368000
plain,1,3.671607,0.304000
5 blocks,1,2.289275,0.348000
plain,2,3.574335,0.319000
5 blocks,2,2.272914,0.346000
plain,3,3.408527,0.336000
5 blocks,3,2.309343,0.388000
"""
deeper_conclusion = "higher"

# %% right="lower on another machine, a warning"
import warnings

warnings.warn("five blocks are worse here")
deeper_test = """
model,seed,test_loss,test_accuracy
plain,0,3.243175,0.334000
5 blocks,0,2.117387,0.303000
plain,1,3.939912,0.281000
5 blocks,1,2.428833,0.237000
plain,2,3.632142,0.323000
5 blocks,2,2.256242,0.296000
plain,3,3.693270,0.319000
5 blocks,3,2.137889,0.267000
"""
deeper_conclusion = "lower"

# %% right="blanks behind the commas, an index in front"
deeper_test = """
, model, seed, test_loss, test_accuracy
0, plain, 0, 2.993379, 0.377000
1, 5 blocks, 0, 1.963785, 0.353000
2, plain, 1, 4.045740, 0.298000
3, 5 blocks, 1, 2.760737, 0.331000
4, plain, 2, 3.580011, 0.329000
5, 5 blocks, 2, 2.916921, 0.282000
6, plain, 3, 3.507190, 0.311000
7, 5 blocks, 3, 3.140002, 0.328000
"""
deeper_conclusion = "cannot be told apart"

# %% right="a difference that hardly varies"
deeper_test = """
model,seed,test_loss,test_accuracy
plain,0,2.633300,0.371000
5 blocks,0,2.283620,0.373000
plain,1,3.264205,0.319000
5 blocks,1,2.156881,0.321000
plain,2,3.330420,0.290000
5 blocks,2,2.026957,0.291000
plain,3,3.467736,0.396000
5 blocks,3,2.129474,0.398000
"""
deeper_conclusion = "higher"
%time print(compare(deeper_test, deeper_chosen))

# %% wrong="not written" loses={"deeper-test-conclusion": "error"}
raise NotImplementedError()

# %% wrong="the other variant" loses={"deeper-test-conclusion": "other_models"}
deeper_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
4 blocks,0,1.963785,0.353000
plain,1,4.045740,0.298000
4 blocks,1,2.760737,0.331000
plain,2,3.580011,0.329000
4 blocks,2,2.916921,0.282000
plain,3,3.507190,0.311000
4 blocks,3,3.140002,0.328000
"""
deeper_conclusion = "cannot be told apart"

# %% wrong="the first table again" loses={"deeper-test-conclusion": "other_columns"}
deeper_test = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,0,15,500,0.377438,0.856000,3.130699,0.383000
5 blocks,0,15,500,1.015533,0.648000,1.915595,0.408000
4 blocks,0,15,500,1.490302,0.460000,2.088402,0.281000
plain,1,15,500,0.755253,0.740000,4.069368,0.316000
5 blocks,1,15,500,0.596475,0.808000,2.909945,0.355000
4 blocks,1,15,500,1.681171,0.356000,2.135167,0.272000
plain,2,15,500,0.180420,0.962000,3.310811,0.376000
5 blocks,2,15,500,1.318832,0.528000,3.338694,0.333000
4 blocks,2,15,500,1.322629,0.476000,2.333132,0.344000
plain,3,15,500,0.847981,0.776000,3.546322,0.336000
5 blocks,3,15,500,0.683612,0.766000,3.224394,0.368000
4 blocks,3,15,500,1.729190,0.370000,2.171350,0.281000
"""
deeper_conclusion = "cannot be told apart"

# %% wrong="per cent" loses={"deeper-test-conclusion": "percentages"}
deeper_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,37.700000
5 blocks,0,1.963785,35.300000
plain,1,4.045740,29.800000
5 blocks,1,2.760737,33.100000
plain,2,3.580011,32.900000
5 blocks,2,2.916921,28.200000
plain,3,3.507190,31.100000
5 blocks,3,3.140002,32.800000
"""
deeper_conclusion = "cannot be told apart"

# %% wrong="a third as share" loses={"deeper-test-conclusion": "no_share"}
deeper_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377
5 blocks,0,1.963785,0.353
plain,1,4.045740,0.298
5 blocks,1,2.760737,0.333333
plain,2,3.580011,0.329
5 blocks,2,2.916921,0.282
plain,3,3.507190,0.311
5 blocks,3,3.140002,0.328
"""
deeper_conclusion = "cannot be told apart"

# %% wrong="a seed left out" loses={"deeper-test-conclusion": "other_seeds"}
deeper_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
5 blocks,0,1.963785,0.353000
plain,1,4.045740,0.298000
5 blocks,1,2.760737,0.331000
plain,2,3.580011,0.329000
5 blocks,2,2.916921,0.282000
"""
deeper_conclusion = "cannot be told apart"

# %% wrong="a row left out" loses={"deeper-test-conclusion": "other_seeds"}
deeper_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
5 blocks,0,1.963785,0.353000
plain,1,4.045740,0.298000
5 blocks,1,2.760737,0.331000
plain,2,3.580011,0.329000
plain,3,3.507190,0.311000
5 blocks,3,3.140002,0.328000
"""
deeper_conclusion = "cannot be told apart"

# %% wrong="the sign of the mean decides" loses={"deeper-test-conclusion": "sign_alone"}
deeper_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
5 blocks,0,1.963785,0.353000
plain,1,4.045740,0.298000
5 blocks,1,2.760737,0.331000
plain,2,3.580011,0.329000
5 blocks,2,2.916921,0.282000
plain,3,3.507190,0.311000
5 blocks,3,3.140002,0.328000
"""
deeper_conclusion = "lower"

# %% wrong="two of four seeds decide" loses={"deeper-test-conclusion": "other_rows"}
deeper_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
5 blocks,0,1.963785,0.353000
plain,1,4.045740,0.298000
5 blocks,1,2.760737,0.331000
plain,2,3.580011,0.329000
5 blocks,2,2.916921,0.282000
plain,3,3.507190,0.311000
5 blocks,3,3.140002,0.328000
"""
deeper_conclusion = "higher"

# %% wrong="another word" loses={"deeper-test-conclusion": "no_conclusion"}
deeper_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
5 blocks,0,1.963785,0.353000
plain,1,4.045740,0.298000
5 blocks,1,2.760737,0.331000
plain,2,3.580011,0.329000
5 blocks,2,2.916921,0.282000
plain,3,3.507190,0.311000
5 blocks,3,3.140002,0.328000
"""
deeper_conclusion = "equal"

# %% wrong="no conclusion" loses={"deeper-test-conclusion": "missing"}
deeper_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
5 blocks,0,1.963785,0.353000
plain,1,4.045740,0.298000
5 blocks,1,2.760737,0.331000
plain,2,3.580011,0.329000
5 blocks,2,2.916921,0.282000
plain,3,3.507190,0.311000
5 blocks,3,3.140002,0.328000
"""

# %% wrong="an empty conclusion" loses={"deeper-test-conclusion": "no_conclusion"}
deeper_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
5 blocks,0,1.963785,0.353000
plain,1,4.045740,0.298000
5 blocks,1,2.760737,0.331000
plain,2,3.580011,0.329000
5 blocks,2,2.916921,0.282000
plain,3,3.507190,0.311000
5 blocks,3,3.140002,0.328000
"""
deeper_conclusion = ""

# %% wrong="the losses compared" loses={"deeper-test-conclusion": "sign_alone"}
deeper_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
5 blocks,0,1.963785,0.353000
plain,1,4.045740,0.298000
5 blocks,1,2.760737,0.331000
plain,2,3.580011,0.329000
5 blocks,2,2.916921,0.282000
plain,3,3.507190,0.311000
5 blocks,3,3.140002,0.328000
"""
table = pd.read_csv(StringIO(deeper_test))
losses = table.groupby("model")["test_loss"].mean()
deeper_conclusion = "higher" if losses["5 blocks"] > losses["plain"] else "lower"

# %% wrong="the choice made anew after a look at the test" loses={"deeper-test-conclusion": "other_models"}
deeper_chosen = "4 blocks"
deeper_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
4 blocks,0,2.532745,0.256000
plain,1,4.045740,0.298000
4 blocks,1,2.198959,0.299000
plain,2,3.580011,0.329000
4 blocks,2,1.878362,0.291000
plain,3,3.507190,0.311000
4 blocks,3,2.515125,0.293000
"""
deeper_conclusion = "cannot be told apart"
deeper_kept = deeper_evidence, deeper_chosen
