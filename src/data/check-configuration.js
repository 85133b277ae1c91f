// Made by scripts/configuration.ts.
"use strict";
exports.check = validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://raw.githubusercontent.com/ses-cred-lint/ses-cred-lint/main/docs/schema/configuration-v1.json","title":"Configuration of ses-cred-lint, version 1","type":"object","properties":{"$schema":{"type":"string"},"paths":{"type":"array","items":{"$ref":"#/$defs/glob"},"maxItems":1000,"minItems":1},"exclude":{"type":"array","items":{"$ref":"#/$defs/glob"},"maxItems":1000},"failOn":{"enum":["error","warning","note","never"]},"rules":{"type":"object","propertyNames":{"enum":["root-access-key","root-caller-identity","smtp-password-is-secret-key","smtp-password-as-secret-key","console-user-list-users","sender-admin-permissions","smtp-user-excess-permissions","smtp-user-cannot-send","smtp-user-not-dedicated","smtp-user-console-login","console-self-provision-incomplete","console-self-provision-unscoped","smtp-username-not-access-key-id","smtp-password-region-mismatch","smtp-password-legacy","smtp-temporary-credentials","hardcoded-aws-credentials","hardcoded-smtp-password","credential-in-output","credential-in-plaintext","credential-in-state","smtp-condition-never-matches","smtp-resource-scope-gap","unknown-ses-action","smtp-policy-on-user","credential-pair-mismatch","ses-endpoint-mismatch","hardcoded-console-password"]},"additionalProperties":{"$ref":"#/$defs/rule"}},"smtpUsers":{"type":"array","items":{"$ref":"#/$defs/name"}},"allowedActions":{"type":"object","additionalProperties":{"type":"array","items":{"$ref":"#/$defs/action"}}},"selfProvision":{"enum":["document","current","off"]},"selfProvisionUsers":{"type":"array","items":{"$ref":"#/$defs/name"}},"sensitiveOutputs":{"type":"boolean"},"settingNames":{"type":"object","properties":{"smtpPassword":{"type":"array","items":{"$ref":"#/$defs/settingName"}},"smtpUser":{"type":"array","items":{"$ref":"#/$defs/settingName"}},"smtpHost":{"type":"array","items":{"$ref":"#/$defs/settingName"}},"awsSecretAccessKey":{"type":"array","items":{"$ref":"#/$defs/settingName"}},"awsAccessKeyId":{"type":"array","items":{"$ref":"#/$defs/settingName"}}},"propertyNames":{"enum":["smtpPassword","smtpUser","smtpHost","awsSecretAccessKey","awsAccessKeyId"]}}},"propertyNames":{"enum":["$schema","paths","exclude","failOn","rules","smtpUsers","allowedActions","selfProvision","selfProvisionUsers","sensitiveOutputs","settingNames"]},"$defs":{"name":{"type":"string","pattern":"\\S"},"glob":{"type":"string","pattern":"^(?=[^]{1,300}$)(?=[^]*\\S)(?![^]*(?:(?:[*]{2}[^]*){3}|(?:^|/)(?:[^/*]*[*]){3}))"},"settingName":{"type":"string","pattern":"[A-Za-z0-9]"},"action":{"type":"string","pattern":"^(?:[*]|[A-Za-z0-9-]{1,100}:[A-Za-z0-9*?]{1,100})$"},"rule":{"if":{"type":"object"},"then":{"type":"object","properties":{"level":{"enum":["error","warning","note","off","on"]}},"propertyNames":{"enum":["level"]},"required":["level"]},"else":{"enum":["error","warning","note","off","on"]}}}};
const schema12 = {"type":"string","pattern":"^(?=[^]{1,300}$)(?=[^]*\\S)(?![^]*(?:(?:[*]{2}[^]*){3}|(?:^|/)(?:[^/*]*[*]){3}))"};
const schema14 = {"if":{"type":"object"},"then":{"type":"object","properties":{"level":{"enum":["error","warning","note","off","on"]}},"propertyNames":{"enum":["level"]},"required":["level"]},"else":{"enum":["error","warning","note","off","on"]}};
const schema15 = {"type":"string","pattern":"\\S"};
const schema16 = {"type":"string","pattern":"^(?:[*]|[A-Za-z0-9-]{1,100}:[A-Za-z0-9*?]{1,100})$"};
const schema18 = {"type":"string","pattern":"[A-Za-z0-9]"};
const pattern0 = new RegExp("^(?=[^]{1,300}$)(?=[^]*\\S)(?![^]*(?:(?:[*]{2}[^]*){3}|(?:^|/)(?:[^/*]*[*]){3}))", "u");
const pattern2 = new RegExp("\\S", "u");
const pattern3 = new RegExp("^(?:[*]|[A-Za-z0-9-]{1,100}:[A-Za-z0-9*?]{1,100})$", "u");
const pattern5 = new RegExp("[A-Za-z0-9]", "u");

function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="https://raw.githubusercontent.com/ses-cred-lint/ses-cred-lint/main/docs/schema/configuration-v1.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
const _errs1 = errors;
if(!(((((((((((key0 === "$schema") || (key0 === "paths")) || (key0 === "exclude")) || (key0 === "failOn")) || (key0 === "rules")) || (key0 === "smtpUsers")) || (key0 === "allowedActions")) || (key0 === "selfProvision")) || (key0 === "selfProvisionUsers")) || (key0 === "sensitiveOutputs")) || (key0 === "settingNames"))){
const err0 = {instancePath,schemaPath:"#/propertyNames/enum",keyword:"enum",params:{allowedValues: schema11.propertyNames.enum},message:"must be equal to one of the allowed values",propertyName:key0};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
var valid0 = _errs1 === errors;
if(!valid0){
const err1 = {instancePath,schemaPath:"#/propertyNames",keyword:"propertyNames",params:{propertyName: key0},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.$schema !== undefined){
if(typeof data.$schema !== "string"){
const err2 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.paths !== undefined){
let data1 = data.paths;
if(Array.isArray(data1)){
if(data1.length > 1000){
const err3 = {instancePath:instancePath+"/paths",schemaPath:"#/properties/paths/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data1.length < 1){
const err4 = {instancePath:instancePath+"/paths",schemaPath:"#/properties/paths/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 === "string"){
if(!pattern0.test(data2)){
const err5 = {instancePath:instancePath+"/paths/" + i0,schemaPath:"#/$defs/glob/pattern",keyword:"pattern",params:{pattern: "^(?=[^]{1,300}$)(?=[^]*\\S)(?![^]*(?:(?:[*]{2}[^]*){3}|(?:^|/)(?:[^/*]*[*]){3}))"},message:"must match pattern \""+"^(?=[^]{1,300}$)(?=[^]*\\S)(?![^]*(?:(?:[*]{2}[^]*){3}|(?:^|/)(?:[^/*]*[*]){3}))"+"\""};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/paths/" + i0,schemaPath:"#/$defs/glob/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath:instancePath+"/paths",schemaPath:"#/properties/paths/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.exclude !== undefined){
let data3 = data.exclude;
if(Array.isArray(data3)){
if(data3.length > 1000){
const err8 = {instancePath:instancePath+"/exclude",schemaPath:"#/properties/exclude/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
const len1 = data3.length;
for(let i1=0; i1<len1; i1++){
let data4 = data3[i1];
if(typeof data4 === "string"){
if(!pattern0.test(data4)){
const err9 = {instancePath:instancePath+"/exclude/" + i1,schemaPath:"#/$defs/glob/pattern",keyword:"pattern",params:{pattern: "^(?=[^]{1,300}$)(?=[^]*\\S)(?![^]*(?:(?:[*]{2}[^]*){3}|(?:^|/)(?:[^/*]*[*]){3}))"},message:"must match pattern \""+"^(?=[^]{1,300}$)(?=[^]*\\S)(?![^]*(?:(?:[*]{2}[^]*){3}|(?:^|/)(?:[^/*]*[*]){3}))"+"\""};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/exclude/" + i1,schemaPath:"#/$defs/glob/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
else {
const err11 = {instancePath:instancePath+"/exclude",schemaPath:"#/properties/exclude/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.failOn !== undefined){
let data5 = data.failOn;
if(!((((data5 === "error") || (data5 === "warning")) || (data5 === "note")) || (data5 === "never"))){
const err12 = {instancePath:instancePath+"/failOn",schemaPath:"#/properties/failOn/enum",keyword:"enum",params:{allowedValues: schema11.properties.failOn.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.rules !== undefined){
let data6 = data.rules;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
for(const key1 in data6){
const _errs17 = errors;
if(!((((((((((((((((((((((((((((key1 === "root-access-key") || (key1 === "root-caller-identity")) || (key1 === "smtp-password-is-secret-key")) || (key1 === "smtp-password-as-secret-key")) || (key1 === "console-user-list-users")) || (key1 === "sender-admin-permissions")) || (key1 === "smtp-user-excess-permissions")) || (key1 === "smtp-user-cannot-send")) || (key1 === "smtp-user-not-dedicated")) || (key1 === "smtp-user-console-login")) || (key1 === "console-self-provision-incomplete")) || (key1 === "console-self-provision-unscoped")) || (key1 === "smtp-username-not-access-key-id")) || (key1 === "smtp-password-region-mismatch")) || (key1 === "smtp-password-legacy")) || (key1 === "smtp-temporary-credentials")) || (key1 === "hardcoded-aws-credentials")) || (key1 === "hardcoded-smtp-password")) || (key1 === "credential-in-output")) || (key1 === "credential-in-plaintext")) || (key1 === "credential-in-state")) || (key1 === "smtp-condition-never-matches")) || (key1 === "smtp-resource-scope-gap")) || (key1 === "unknown-ses-action")) || (key1 === "smtp-policy-on-user")) || (key1 === "credential-pair-mismatch")) || (key1 === "ses-endpoint-mismatch")) || (key1 === "hardcoded-console-password"))){
const err13 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/propertyNames/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.propertyNames.enum},message:"must be equal to one of the allowed values",propertyName:key1};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
var valid8 = _errs17 === errors;
if(!valid8){
const err14 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
for(const key2 in data6){
let data7 = data6[key2];
const _errs21 = errors;
let valid11 = true;
const _errs22 = errors;
if(!(data7 && typeof data7 == "object" && !Array.isArray(data7))){
const err15 = {};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
var _valid0 = _errs22 === errors;
errors = _errs21;
if(vErrors !== null){
if(_errs21){
vErrors.length = _errs21;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs24 = errors;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(data7.level === undefined){
const err16 = {instancePath:instancePath+"/rules/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/rule/then/required",keyword:"required",params:{missingProperty: "level"},message:"must have required property '"+"level"+"'"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
for(const key3 in data7){
const _errs26 = errors;
if(!(key3 === "level")){
const err17 = {instancePath:instancePath+"/rules/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/rule/then/propertyNames/enum",keyword:"enum",params:{allowedValues: schema14.then.propertyNames.enum},message:"must be equal to one of the allowed values",propertyName:key3};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
var valid12 = _errs26 === errors;
if(!valid12){
const err18 = {instancePath:instancePath+"/rules/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/rule/then/propertyNames",keyword:"propertyNames",params:{propertyName: key3},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data7.level !== undefined){
let data8 = data7.level;
if(!(((((data8 === "error") || (data8 === "warning")) || (data8 === "note")) || (data8 === "off")) || (data8 === "on"))){
const err19 = {instancePath:instancePath+"/rules/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/level",schemaPath:"#/$defs/rule/then/properties/level/enum",keyword:"enum",params:{allowedValues: schema14.then.properties.level.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
else {
const err20 = {instancePath:instancePath+"/rules/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/rule/then/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
var _valid0 = _errs24 === errors;
valid11 = _valid0;
ifClause0 = "then";
}
else {
const _errs28 = errors;
if(!(((((data7 === "error") || (data7 === "warning")) || (data7 === "note")) || (data7 === "off")) || (data7 === "on"))){
const err21 = {instancePath:instancePath+"/rules/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/rule/else/enum",keyword:"enum",params:{allowedValues: schema14.else.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
var _valid0 = _errs28 === errors;
valid11 = _valid0;
ifClause0 = "else";
}
if(!valid11){
const err22 = {instancePath:instancePath+"/rules/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/rule/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
else {
const err23 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.smtpUsers !== undefined){
let data9 = data.smtpUsers;
if(Array.isArray(data9)){
const len2 = data9.length;
for(let i2=0; i2<len2; i2++){
let data10 = data9[i2];
if(typeof data10 === "string"){
if(!pattern2.test(data10)){
const err24 = {instancePath:instancePath+"/smtpUsers/" + i2,schemaPath:"#/$defs/name/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
else {
const err25 = {instancePath:instancePath+"/smtpUsers/" + i2,schemaPath:"#/$defs/name/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
else {
const err26 = {instancePath:instancePath+"/smtpUsers",schemaPath:"#/properties/smtpUsers/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data.allowedActions !== undefined){
let data11 = data.allowedActions;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
for(const key4 in data11){
let data12 = data11[key4];
if(Array.isArray(data12)){
const len3 = data12.length;
for(let i3=0; i3<len3; i3++){
let data13 = data12[i3];
if(typeof data13 === "string"){
if(!pattern3.test(data13)){
const err27 = {instancePath:instancePath+"/allowedActions/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i3,schemaPath:"#/$defs/action/pattern",keyword:"pattern",params:{pattern: "^(?:[*]|[A-Za-z0-9-]{1,100}:[A-Za-z0-9*?]{1,100})$"},message:"must match pattern \""+"^(?:[*]|[A-Za-z0-9-]{1,100}:[A-Za-z0-9*?]{1,100})$"+"\""};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
else {
const err28 = {instancePath:instancePath+"/allowedActions/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i3,schemaPath:"#/$defs/action/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
else {
const err29 = {instancePath:instancePath+"/allowedActions/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/allowedActions/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
else {
const err30 = {instancePath:instancePath+"/allowedActions",schemaPath:"#/properties/allowedActions/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data.selfProvision !== undefined){
let data14 = data.selfProvision;
if(!(((data14 === "document") || (data14 === "current")) || (data14 === "off"))){
const err31 = {instancePath:instancePath+"/selfProvision",schemaPath:"#/properties/selfProvision/enum",keyword:"enum",params:{allowedValues: schema11.properties.selfProvision.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data.selfProvisionUsers !== undefined){
let data15 = data.selfProvisionUsers;
if(Array.isArray(data15)){
const len4 = data15.length;
for(let i4=0; i4<len4; i4++){
let data16 = data15[i4];
if(typeof data16 === "string"){
if(!pattern2.test(data16)){
const err32 = {instancePath:instancePath+"/selfProvisionUsers/" + i4,schemaPath:"#/$defs/name/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
else {
const err33 = {instancePath:instancePath+"/selfProvisionUsers/" + i4,schemaPath:"#/$defs/name/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
}
else {
const err34 = {instancePath:instancePath+"/selfProvisionUsers",schemaPath:"#/properties/selfProvisionUsers/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data.sensitiveOutputs !== undefined){
if(typeof data.sensitiveOutputs !== "boolean"){
const err35 = {instancePath:instancePath+"/sensitiveOutputs",schemaPath:"#/properties/sensitiveOutputs/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data.settingNames !== undefined){
let data18 = data.settingNames;
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
for(const key5 in data18){
const _errs52 = errors;
if(!(((((key5 === "smtpPassword") || (key5 === "smtpUser")) || (key5 === "smtpHost")) || (key5 === "awsSecretAccessKey")) || (key5 === "awsAccessKeyId"))){
const err36 = {instancePath:instancePath+"/settingNames",schemaPath:"#/properties/settingNames/propertyNames/enum",keyword:"enum",params:{allowedValues: schema11.properties.settingNames.propertyNames.enum},message:"must be equal to one of the allowed values",propertyName:key5};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
var valid24 = _errs52 === errors;
if(!valid24){
const err37 = {instancePath:instancePath+"/settingNames",schemaPath:"#/properties/settingNames/propertyNames",keyword:"propertyNames",params:{propertyName: key5},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data18.smtpPassword !== undefined){
let data19 = data18.smtpPassword;
if(Array.isArray(data19)){
const len5 = data19.length;
for(let i5=0; i5<len5; i5++){
let data20 = data19[i5];
if(typeof data20 === "string"){
if(!pattern5.test(data20)){
const err38 = {instancePath:instancePath+"/settingNames/smtpPassword/" + i5,schemaPath:"#/$defs/settingName/pattern",keyword:"pattern",params:{pattern: "[A-Za-z0-9]"},message:"must match pattern \""+"[A-Za-z0-9]"+"\""};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
else {
const err39 = {instancePath:instancePath+"/settingNames/smtpPassword/" + i5,schemaPath:"#/$defs/settingName/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
}
else {
const err40 = {instancePath:instancePath+"/settingNames/smtpPassword",schemaPath:"#/properties/settingNames/properties/smtpPassword/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data18.smtpUser !== undefined){
let data21 = data18.smtpUser;
if(Array.isArray(data21)){
const len6 = data21.length;
for(let i6=0; i6<len6; i6++){
let data22 = data21[i6];
if(typeof data22 === "string"){
if(!pattern5.test(data22)){
const err41 = {instancePath:instancePath+"/settingNames/smtpUser/" + i6,schemaPath:"#/$defs/settingName/pattern",keyword:"pattern",params:{pattern: "[A-Za-z0-9]"},message:"must match pattern \""+"[A-Za-z0-9]"+"\""};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
else {
const err42 = {instancePath:instancePath+"/settingNames/smtpUser/" + i6,schemaPath:"#/$defs/settingName/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
}
else {
const err43 = {instancePath:instancePath+"/settingNames/smtpUser",schemaPath:"#/properties/settingNames/properties/smtpUser/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data18.smtpHost !== undefined){
let data23 = data18.smtpHost;
if(Array.isArray(data23)){
const len7 = data23.length;
for(let i7=0; i7<len7; i7++){
let data24 = data23[i7];
if(typeof data24 === "string"){
if(!pattern5.test(data24)){
const err44 = {instancePath:instancePath+"/settingNames/smtpHost/" + i7,schemaPath:"#/$defs/settingName/pattern",keyword:"pattern",params:{pattern: "[A-Za-z0-9]"},message:"must match pattern \""+"[A-Za-z0-9]"+"\""};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
else {
const err45 = {instancePath:instancePath+"/settingNames/smtpHost/" + i7,schemaPath:"#/$defs/settingName/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
}
else {
const err46 = {instancePath:instancePath+"/settingNames/smtpHost",schemaPath:"#/properties/settingNames/properties/smtpHost/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data18.awsSecretAccessKey !== undefined){
let data25 = data18.awsSecretAccessKey;
if(Array.isArray(data25)){
const len8 = data25.length;
for(let i8=0; i8<len8; i8++){
let data26 = data25[i8];
if(typeof data26 === "string"){
if(!pattern5.test(data26)){
const err47 = {instancePath:instancePath+"/settingNames/awsSecretAccessKey/" + i8,schemaPath:"#/$defs/settingName/pattern",keyword:"pattern",params:{pattern: "[A-Za-z0-9]"},message:"must match pattern \""+"[A-Za-z0-9]"+"\""};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
else {
const err48 = {instancePath:instancePath+"/settingNames/awsSecretAccessKey/" + i8,schemaPath:"#/$defs/settingName/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
}
else {
const err49 = {instancePath:instancePath+"/settingNames/awsSecretAccessKey",schemaPath:"#/properties/settingNames/properties/awsSecretAccessKey/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
if(data18.awsAccessKeyId !== undefined){
let data27 = data18.awsAccessKeyId;
if(Array.isArray(data27)){
const len9 = data27.length;
for(let i9=0; i9<len9; i9++){
let data28 = data27[i9];
if(typeof data28 === "string"){
if(!pattern5.test(data28)){
const err50 = {instancePath:instancePath+"/settingNames/awsAccessKeyId/" + i9,schemaPath:"#/$defs/settingName/pattern",keyword:"pattern",params:{pattern: "[A-Za-z0-9]"},message:"must match pattern \""+"[A-Za-z0-9]"+"\""};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
else {
const err51 = {instancePath:instancePath+"/settingNames/awsAccessKeyId/" + i9,schemaPath:"#/$defs/settingName/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
}
else {
const err52 = {instancePath:instancePath+"/settingNames/awsAccessKeyId",schemaPath:"#/properties/settingNames/properties/awsAccessKeyId/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
}
else {
const err53 = {instancePath:instancePath+"/settingNames",schemaPath:"#/properties/settingNames/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
}
else {
const err54 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}
