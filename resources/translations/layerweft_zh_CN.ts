<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>Action</name>
    <message>
        <source>New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save As…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export Code…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save Picture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Welcome and Examples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom In</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom Out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit the Network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Palette</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lower Panels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light or Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow the System&apos;s Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All Commands…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train One Step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Layerweft</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BottomTabs</name>
    <message>
        <source>Problems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CanvasView</name>
    <message>
        <source>Canvas</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CodePanel</name>
    <message>
        <source>Generated code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network has problems. This is its last code without any.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show problems</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Type a command, a layer or a name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConfusionView</name>
    <message>
        <source>predicted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>true</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} taken for {1}: {2} times</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CurvesView</name>
    <message>
        <source>step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>samples/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export curves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture (*.png);;Table (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the curves as a picture or a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples per second</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Editing</name>
    <message>
        <source>Add {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Insert {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrange</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EmptyHint</name>
    <message>
        <source>Drag a layer here, or press Tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>… or begin with an example:</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Example</name>
    <message>
        <source>Linear regression</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A straight line through noisy points: one layer, two parameters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Perceptron</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One neuron that tells benign tumours from malignant ones by thirty measurements.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MLP on iris flowers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Three species of iris by four measurements of their flowers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MLP on Fashion-MNIST</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>784-512-256-128-10 with dropout tells ten kinds of clothes apart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CNN on Fashion-MNIST</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Three blocks of convolution, batch norm and pooling see clothes better than an MLP.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ResNet on digits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A small residual network with skip connections reads handwritten digits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LSTM on sequences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which of two pulses comes first? An LSTM remembers.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>Export Code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} could not be written.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export Code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training script: train.py, with its data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Best weights of the last run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>model.py needs PyTorch alone, and so does what goes beside it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Python files (*.py)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>Layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights in memory</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Family</name>
    <message>
        <source>Input and output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Linear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Convolution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Normalisation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recurrent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shape</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arithmetic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reduction</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>Network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} cannot be opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save As</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} could not be saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unsaved Changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the changes to {0}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open Recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No files yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layerweft projects (*{0})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layerweft</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fix</name>
    <message>
        <source>Set {parameter} to {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let {parameter} follow the input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Insert {kind} before it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename it to {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the edge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set {node} to {shape}, {dtype}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set {parameter} of {node} to {value}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FixButton</name>
    <message>
        <source>Problems: {0} → {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameters: {0} → {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Gesture</name>
    <message>
        <source>Disconnect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That would close a circle.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>IntegerField</name>
    <message>
        <source>Keep this number instead of letting it follow from the input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>auto ({0})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>auto</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Layer</name>
    <message>
        <source>Where data enters the network. Its name becomes an argument of forward.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the network returns. Its name is that of the result.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fully connected: multiplies the last dimension by a learned matrix, adds a bias.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Combines two inputs, every feature of one with every feature of the other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slides learned filters over sequences or signals.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slides learned filters over images.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slides learned filters over volumes or video.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Upsamples sequences or signals: each element is spread out through learned filters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Upsamples images: each element is spread out through learned filters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Upsamples volumes or video: each element is spread out through learned filters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes the largest value of each window: smaller, keeping what stands out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes the mean of each window: smaller and smoother.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pools to a given size by the mean; size 1 is global pooling.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pools to a given size by the maximum; size 1 is global pooling.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Normalises each channel of features or sequences over the batch, which speeds training up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Normalises each channel of images over the batch, which speeds training up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Normalises each channel of volumes over the batch, which speeds training up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Normalises the last dimensions of each sample by itself, whatever the batch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Divides the last dimensions by their root mean square: a lighter LayerNorm.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Normalises groups of channels of each sample, so that small batches work as well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Normalises each channel of each of the features or sequences by itself; used for style.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Normalises each channel of each of the images by itself; used for style.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Normalises each channel of each of the volumes by itself; used for style.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps what is positive and makes the rest zero.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps what is positive and shrinks the rest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps what is positive and shrinks the rest by a learned slope.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ReLU that stops at 6.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A smooth ReLU, usual in transformers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The input times its sigmoid; also called swish.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A smooth ReLU that dips below zero.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps what is positive; the rest falls smoothly towards −alpha.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An ELU whose slope is continuous for every alpha.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An ELU scaled so that activations normalise themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Squeezes each element between 0 and 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The logarithm of the sigmoid, computed safely.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Squeezes each element between −1 and 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A sigmoid made of straight lines.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A swish made of straight lines.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cuts each element off at two bounds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A smooth ReLU that is always positive.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Squeezes each element between −1 and 1, more gently than tanh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turns the elements along one dimension into probabilities.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The logarithm of Softmax, computed safely.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lets one half of a dimension gate the other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes a random share of the elements zero while training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes whole random channels of sequences zero while training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes whole random channels of images zero while training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes whole random channels of volumes zero while training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dropout that keeps mean and variance, to go with SELU.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AlphaDropout of whole channels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reads a sequence step by step with a simple state.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reads a sequence with a state that can remember for long.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reads a sequence with gates, lighter than an LSTM.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lets each step of the query gather from all steps of key and value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One layer of a transformer: self-attention, then a small network on each step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looks up a learned vector for each index, such as a word&apos;s number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lays the dimensions after the batch out in one row, so that Linear can follow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parts one dimension into several.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lays the same elements out in another shape; −1 stands for what is left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Puts the dimensions in another order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Swaps two dimensions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removes a dimension of size 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adds a dimension of size 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes one element along a dimension, such as the last step of a sequence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes a range of elements along a dimension.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gives the same numbers in another dtype, such as real numbers for whole ones.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enlarges images, sequences or volumes by repeating or interpolating.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turns channels into resolution, for super-resolution.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turns resolution into channels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gives what came in: a place to hold.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adds tensors element by element: the way a skip connection comes back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Subtracts the second tensor from the first, element by element.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Multiplies tensors element by element, as gates and attention masks do.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Divides the first tensor by the second, element by element.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes the larger of two tensors, element by element.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes the smaller of two tensors, element by element.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Multiplies matrices in the last two dimensions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Joins tensors along one dimension, one after the other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Joins tensors of one shape along a new dimension.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes the mean over some dimensions; over 2, 3 it is global average pooling.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adds up over some dimensions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes the largest element over some dimensions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes the smallest element over some dimensions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gives the index of the largest element along one dimension: the predicted class.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Loading PyTorch in the background…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written to {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Layerweft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw a network, see every shape as you draw, train it while you watch, keep the code.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Menu</name>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NetworkPage</name>
    <message>
        <source>Network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename the network</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NodePage</name>
    <message>
        <source>Name in the code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input shapes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output shapes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename to {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ObjectivesEditor</name>
    <message>
        <source>Change what is trained for</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Overlay</name>
    <message>
        <source>Zoom out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Minimap</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Search layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Parameter</name>
    <message>
        <source>The sizes, batch first; a capital letter such as N stands for any size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>float32 for measurements and pixels, int64 for indices.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the last dimension that comes in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the last dimension that goes out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether a learned bias is added.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the last dimension of the first input.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the last dimension of the second input.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channels that come in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channels that go out: the number of learned filters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the sliding window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step of the window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Added on both sides of the input.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Distance between the elements of the window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Groups of channels that do not see each other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the padding is filled with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Added to one side of the output.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step of the window; by default its size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether a window that hangs over the end counts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether padding counts in the average.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Divide by this instead of the window&apos;s size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size that goes out, whatever came in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Added to the variance, so that nothing divides by zero.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight of the newest batch in the running mean and variance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether a scale and a shift are learned for each channel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether running statistics are kept for evaluation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many of the last dimensions are normalised together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sizes of these dimensions, which follow from the input.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether a scale is learned for each element.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether a shift is learned as well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Added within the root; by default the dtype&apos;s own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Groups that the channels are parted into.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether it overwrites its input to save memory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The slope of the negative side.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learned slopes: 1, or one for each channel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The slope to begin with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the error function is computed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the negative side levels out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The lower bound.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The upper bound.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How sharp the bend is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Above this it is computed as the input itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The dimension whose elements sum to 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The dimension whose exponentials sum to 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The dimension that is halved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The share that is dropped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Features of each step that come in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Features of the state.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers on top of each other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The function of each step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether learned biases are added.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the batch is the first dimension, else the second.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dropout between layers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether it also reads from the end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size that the state is projected to; 0 for none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Features of the query.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heads, which share the features out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dropout of the attention weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether a learned step is added to key and value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Features of the key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Features of the value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the batch is the first dimension.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the attention weights are an output too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Features of each step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attention heads.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width of the inner network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dropout.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activation of the inner network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Added to the variance in the norms.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether norms come before, not after.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the vocabulary.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of each vector.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The index that stands for nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vectors longer than this are shortened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether rare words learn faster.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the gradient is a sparse tensor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first dimension to merge.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The last dimension to merge.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The dimension to part.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its parts; one may be −1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sizes; one may be −1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The dimensions in their new order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The dimension to remove.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the new dimension goes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The dimension, which goes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which element; −1 is the last.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The dimension.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first element.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The element after the last; empty for all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take every so many.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The dtype of the result.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By how much.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How new elements come about.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the corners stay where they were.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By how much height and width grow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By how much height and width shrink.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many tensors are combined.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The dimension that grows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The dimensions to reduce, such as 2, 3 for height and width.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether reduced dimensions stay, with size 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The dimension to search.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many times all training samples are seen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many samples make one step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the samples that is kept aside to watch the training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the samples that is not touched until the run has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same seed repeats the same run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift and scale to mean 0 and deviation 1, as in the training split.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale a numeric target too; results are given in its own units.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many samples are drawn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Standard deviation of the noise.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same seed draws the same samples.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many arms.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many time steps each sample has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder with train-images-idx3-ubyte and so on, packed or not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file, in UTF-8.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The column to predict; the last one where empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the target is a class or a number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What stands between the columns.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The .npz file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The array that enters; found by name where empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The array to predict; found by name where empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder that holds the folders.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures are scaled to this width and height.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Three channels or one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of certainty that is spread over the other classes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Power of what the margin lacks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By how much the right score must lead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error at which it changes over.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the output is the logarithm of the rate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether to add the Stirling term.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps log(0) away without log_input.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate: how large the steps are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much of the last step is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much of the gradient momentum leaves out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pulls weights towards zero.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look ahead along the momentum.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long gradients are averaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long squared gradients are averaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Added to the denominator, so that it is never 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the largest average of squares so far.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How fast the momentum grows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Divide by the variance instead of the mean square.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How fast the learning rate falls.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the sum begins with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long squares are averaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epochs from one fall to the next.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the learning rate is multiplied by.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epochs until it has fallen; all of them where empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The learning rate it falls to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The learning rate at the top.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the run that it rises.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The shape of rise and fall.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The top over the learning rate at the start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The start over the end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it begins with, as a factor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it ends with, as a factor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epochs that it takes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epochs without progress before it falls.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What counts as progress, as a share.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epochs to wait after a fall.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It never falls below this.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PathField</name>
    <message>
        <source>Choose a file</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Picture</name>
    <message>
        <source>Save Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} could not be saved.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Problem</name>
    <message>
        <source>The network is empty. Drag a layer onto the canvas to begin.</source>
        <translation>网络是空的。将一个层拖到画布上即可开始。</translation>
    </message>
    <message>
        <source>The network has no Input. Add one so that data can enter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network has no Output. Add one to say what it computes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no layer kind called “{kind}” in this version.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind} has no parameter called “{parameter}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind} has no {side} called “{port}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The input “{port}” has no edge. Connect a tensor to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These layers feed each other in a circle: {names}. Remove one of the edges between them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” cannot be a name in the code: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another node is called “{name}” as well. Names must differ.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing uses what {name} computes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{parameter} takes {expected}, not {got}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{parameter} must be one of {choices}, not {got}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{parameter} must be at least {bound}, not {got}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{parameter} must be above {bound}, not {got}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{parameter} must be at most {bound}, not {got}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>output_padding = {got} must be smaller than stride = {stride} or dilation = {dilation}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>proj_size = {got} must be smaller than hidden_size = {hidden}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>padding_idx = {got} is outside the {count} entries of the table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>max_val = {high} must be above min_val = {low}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>start_dim = {start} must not come after end_dim = {end}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{parameter} must name at least one dimension.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{parameter} names a dimension twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{parameter} must name each of the {rank} dimensions once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{parameter} takes sizes of at least 1, one of which may be −1 for what is left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>align_corners goes with the modes that interpolate, not with {mode}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>h_0 and c_0 go together, but only one of them is connected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind} takes at least {expected} dimensions, but {shape} has {got}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind} cannot work this out for any {got}, as {shape} has it. It needs a number there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dimension {dim} of {shape} must be {expected}, but is {got}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The shape of “{port}” must be {expected}, but is {got}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{left} and {right} must agree in all dimensions but the last.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what} = {got} must be divisible by {by} = {divisor}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind} takes {expected} dimensions ({layout}), but {shape} has {got}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{parameter} is set to {pinned}, but the input {shape} has {got} there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{parameter} follows from the input, so it needs a number there, but {shape} has {got}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A kernel that spans {span} is larger than the padded input of {got} in {shape}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>padding = {padding} must be at most half of kernel_size = {kernel_size}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{parameter} = {got} is not a dimension of {shape}, which are {first} to {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{parameter} = {got} is outside the dimension of size {size} in {shape}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{left} and {right} do not fit together: dimension {dim} is {a} in one and {b} in the other. They must be equal, or one of them 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{left} and {right} cannot be joined along dimension {dim}: they differ in dimension {other}, {a} against {b}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{shape} has {elements} elements, which do not fill {target}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{left} times {right} does not work: the last dimension of the first, {a}, must equal dimension −2 of the second, {b}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The inputs must have the same dtype, but are {a} and {b}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dimension {dim} of {shape} is {got}, but must be divisible by {divisor}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>inplace overwrites a tensor that {others} reads as well, before or after. Switch it off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dimension {dim} would become {got}. It must be at least 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>padding_mode = {mode} fills the padding from the input, so padding = {padding} must be at most {limit} for dimension {dim} of {shape}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind} needs a dimension to work along, but its input is a single number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind} takes real numbers (float32), but “{port}” is {got}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights of {kind} are float32, but “{port}” is {got}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind} takes numbers, but “{port}” holds truth values (bool).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind} takes whole-number indices (int64), but “{port}” is {got}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{port}” takes truth values (bool), but is {got}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each channel of {shape} has a single value, so there is nothing to normalise over.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each group of {shape} has a single value, so there is nothing to normalise over.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dropout acts between layers, so with num_layers = 1 it does nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Linear works along the last dimension of {shape} alone. Flatten it first to use all of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{left} and {right} combine every {dim} with every other {dim}, giving {result}. If that is not meant, give both the same number of dimensions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no {place} called “{kind}”. Choose one of: {choices}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data has no array called “{array}”. It has: {choices}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No samples are left for the {split} split of {samples} samples. Change the fractions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every output has weight 0, so there is nothing to train for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{node}” takes {got}, but the data “{array}” is {expected}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A loss needs real numbers (float32), but this output is {got}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{loss} needs {expected} for the target “{array}”, but “{node}” gives {got}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{loss} needs classes as its target, but “{array}” holds numbers. Choose another loss, such as MSELoss.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{loss} needs a target of two classes, but “{array}” has {classes}. Choose CrossEntropyLoss.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{loss} needs numbers as its target, but “{array}” holds {classes} classes. Choose CrossEntropyLoss.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{loss} expects {expects}, but the output comes from {kind}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run needs about {needed}, more than 80 % of the {free} that are free on {device}. A smaller batch size needs less.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the {what} to read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: there is no such {what}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be read: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} would take {got} in memory; at most {limit} can be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}, line {line}: column “{column}” is empty. Fill it in, or leave the row out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}, line {line}: {got} cells, but the header has {expected} columns.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}, line {line}: “{got}” in column “{column}” is no number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}, line {line}: “{got}” in column “{column}” is unknown. Known are: {choices}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} has no column “{column}”. It has: {choices}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: two columns are called “{column}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: column “{column}” has {got} different words, more than {limit}. Leave it out, or group them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} has no array “{array}”. It has: {choices}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: “{array}” has {got} samples, but “{other}” has {expected}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: the array “{array}” holds {got}, but needs {expected}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: “{array}” has a value that is no number in sample {row}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: {got} {what}, but at least {expected} are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The loss became {got} in epoch {epoch}, step {step}. A smaller learning rate often helps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{device} ran out of memory. Try a smaller batch size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training stopped with an error: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training process was killed ({reason}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights in {path} do not fit this network: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no device “{device}” here. There are: {choices}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: there is no such file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} has more than {limit} bytes, which no project file of Layerweft has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: this is not text in UTF-8, so it is no project file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: this is not JSON: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} is nested deeper than any project file is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} is not a “{expected}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file was written by a newer version of Layerweft: its format is {got}, and this version reads up to {known}. Update Layerweft to open it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: there has never been a format {got}; it is {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: “{key}” does not belong here. Known are: {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: “{key}” is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} has an object in which “{key}” stands twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: the id “{id}” is used twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: there is nothing of the id “{id}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: two edges end at “{port}” of the node “{node}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: expected {expected}, but found {got}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: a number is too large ({got}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: a character is not permitted in {got}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProblemsPanel</name>
    <message>
        <source>Problems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No problems. The network can be trained and exported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>… and {0} more</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QuickAdd</name>
    <message>
        <source>Layer and sizes, such as: conv 64 3 s2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No layer is called that.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RealField</name>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Recipe</name>
    <message>
        <source>Digits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1,797 handwritten digits of 8×8 pixels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Iris</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>150 irises of three species, four measurements each.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>178 wines of three growers, thirteen chemical measurements each.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Breast cancer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>569 tumours, malignant or benign, thirty measurements each.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Diabetes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>442 patients, ten measurements each, and how their diabetes went on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fashion-MNIST (subset)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>7,000 pictures of clothes of 28×28 pixels, in ten classes; 1,000 of them for test.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Points on a straight line with noise: y = 2x − 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Points on a sine curve with noise.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two half moons in the plane, one in the other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spirals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spiral arms in the plane, wound round each other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>XOR</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Points in the plane: 1 where exactly one coordinate is positive.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order of pulses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two noisy signals with one pulse each: which pulse comes first?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>IDX folder (MNIST files)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The full Fashion-MNIST, MNIST or any like it, from a folder of IDX files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A table with a header line; columns of numbers and of words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NumPy arrays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrays in a NumPy file, samples along the first dimension.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures in folders, one folder for each class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cross entropy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For one of several classes; takes raw scores and applies softmax itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Negative log likelihood</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For one of several classes; takes log-probabilities, as from LogSoftmax.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Multi-class margin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For one of several classes; the right score must lead by a margin.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Binary cross entropy with logits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For yes or no; takes raw scores and applies sigmoid itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Binary cross entropy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For yes or no; takes probabilities, as from Sigmoid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean square</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean squared error, the usual one for numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean absolute error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean absolute error: outliers weigh less.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smooth L1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Squared for small errors and absolute for large ones.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Huber</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Squared for small errors and straight for large ones.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Poisson</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For counts, taken to be Poisson-distributed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SGD</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stochastic gradient descent: steps along the gradient, with momentum if wanted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adam</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gives each weight a step size of its own; a good first choice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AdamW</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adam with weight decay apart from the gradient, as used for transformers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NAdam</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adam with Nesterov momentum.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RAdam</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adam that warms up by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adamax</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adam with the largest instead of the mean square gradient.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RMSprop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Divides steps by the recent size of the gradient.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adagrad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Divides steps by the size of all gradients so far.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adadelta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finds the size of its steps by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Constant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The learning rate stays as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Falls by a factor every so many epochs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exponential</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Falls by a factor every epoch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Falls along a half cosine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One cycle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rises to a top and falls to almost nothing, step by step over the whole run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Linear warm-up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rises in a straight line over the first epochs: a warm-up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On plateau</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Falls by a factor when the validation loss stops falling.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RecipePanel</name>
    <message>
        <source>Change {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the data…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} samples of shape {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning-rate schedule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Recovery</name>
    <message>
        <source>Recover Unsaved Work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layerweft did not close as it should. Bring back {0}, as it was on {1}?</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResultsView</name>
    <message>
        <source>Predict for a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After a run, its figures and mistakes stand here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Best epoch {0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0:.1f} s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunsPanel</name>
    <message>
        <source>Validation loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cut off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Delete %n run(s) with their weights for good?</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Every run is kept and listed here, to be compared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open its project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show its files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SamplesView</name>
    <message>
        <source>Sample {0}, loss {1:.3g}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worst samples</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ScatterView</name>
    <message>
        <source>predicted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>true</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SelectionPage</name>
    <message>
        <source>{0} selected</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SizesField</name>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same in every dimension</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>{0} nodes  ·  {1} parameters  ·  {2}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Unsaved changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device to train on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TrainingPanel</name>
    <message>
        <source>Loading PyTorch and the data…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training is under way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the run and close? Its weights so far are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start all the same?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epoch {0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Own process</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train in a process of its own: safer, and full speed for tiny steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin with the best weights of the last run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Curves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TryView</name>
    <message>
        <source>Try it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of the sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Draw a network. See every shape. Watch it learn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Examples</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>Back to the default, {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
