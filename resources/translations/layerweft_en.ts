<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>BlockMenu</name>
    <message numerus="yes">
        <source>Delete (used %n time(s))</source>
        <translation>
            <numerusform>Delete (used %n time)</numerusform>
            <numerusform>Delete (used %n times)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BlockSection</name>
    <message numerus="yes">
        <source>Used %n time(s)</source>
        <translation>
            <numerusform>Used %n time</numerusform>
            <numerusform>Used %n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CanvasView</name>
    <message numerus="yes">
        <source>Add %n layer(s)</source>
        <translation>
            <numerusform>Add %n layer</numerusform>
            <numerusform>Add %n layers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ComparisonView</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DataLine</name>
    <message numerus="yes">
        <source>%n note(s)</source>
        <translation>
            <numerusform>%n note</numerusform>
            <numerusform>%n notes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeletedBar</name>
    <message numerus="yes">
        <source>%n run(s) deleted.</source>
        <translation>
            <numerusform>%n run deleted.</numerusform>
            <numerusform>%n runs deleted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EffectsView</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExperimentDialog</name>
    <message numerus="yes">
        <source>%n run(s), as TPE proposes them.</source>
        <translation>
            <numerusform>%n run, as TPE proposes it.</numerusform>
            <numerusform>%n runs, as TPE proposes them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s), the first with {0}.</source>
        <translation>
            <numerusform>%n run, with {0}.</numerusform>
            <numerusform>%n runs, the first with {0}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HostForm</name>
    <message numerus="yes">
        <source>Python {0}, PyTorch {1}, %n GPU(s)</source>
        <translation>
            <numerusform>Python {0}, PyTorch {1}, %n GPU</numerusform>
            <numerusform>Python {0}, PyTorch {1}, %n GPUs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelImport</name>
    <message numerus="yes">
        <source>%n node(s), {0} parameters</source>
        <translation>
            <numerusform>%n node, {0} parameters</numerusform>
            <numerusform>%n nodes, {0} parameters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ParameterRow</name>
    <message numerus="yes">
        <source>{0} is used in %n node(s). They have its default, {1}, instead.</source>
        <translation>
            <numerusform>{0} is used in %n node, which has its default, {1}, instead.</numerusform>
            <numerusform>{0} is used in %n nodes, which have its default, {1}, instead.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlayersEditor</name>
    <message numerus="yes">
        <source>%n optimizer(s)</source>
        <translation>
            <numerusform>%n optimizer</numerusform>
            <numerusform>%n optimizers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProblemsPanel</name>
    <message numerus="yes">
        <source>{0} and in %n other use(s)</source>
        <translation>
            <numerusform>{0} and in %n other use</numerusform>
            <numerusform>{0} and in %n other uses</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n dismissed</source>
        <translation>
            <numerusform>%n dismissed</numerusform>
            <numerusform>%n dismissed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunsList</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunsModel</name>
    <message numerus="yes">
        <source>{0} — %n run(s)</source>
        <translation>
            <numerusform>{0} — %n run</numerusform>
            <numerusform>{0} — %n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message numerus="yes">
        <source>%n value(s)</source>
        <translation>
            <numerusform>%n value</numerusform>
            <numerusform>%n values</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SourceImport</name>
    <message numerus="yes">
        <source>%n node(s), {0} parameters</source>
        <translation>
            <numerusform>%n node, {0} parameters</numerusform>
            <numerusform>%n nodes, {0} parameters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrainingPanel</name>
    <message numerus="yes">
        <source>%n weight(s) taken from {0}.</source>
        <translation>
            <numerusform>%n weight taken from {0}.</numerusform>
            <numerusform>%n weights taken from {0}.</numerusform>
        </translation>
    </message>
</context>
</TS>
