<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>RunsPanel</name>
    <message numerus="yes">
        <source>Delete %n run(s) with their weights for good?</source>
        <translation>
            <numerusform>Delete %n run with its weights for good?</numerusform>
            <numerusform>Delete %n runs with their weights for good?</numerusform>
        </translation>
    </message>
</context>
</TS>
