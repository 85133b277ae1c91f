// Made by scripts/configuration.ts.
"use strict";
exports.check = validate21;
const schema6 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://raw.githubusercontent.com/ses-cred-lint/ses-cred-lint/main/docs/schema/configuration-v1.json","title":"Configuration of ses-cred-lint, version 1","type":"object","properties":{"$schema":{"type":"string"},"paths":{"type":"array","items":{"$ref":"#/$defs/glob"},"maxItems":1000,"minItems":1},"exclude":{"type":"array","items":{"$ref":"#/$defs/glob"},"maxItems":1000},"failOn":{"enum":["error","warning","note","never"]},"rules":{"type":"object","propertyNames":{"enum":["root-access-key","root-caller-identity","smtp-password-is-secret-key","smtp-password-as-secret-key","console-user-list-users","sender-admin-permissions","smtp-user-excess-permissions","smtp-user-cannot-send","smtp-user-not-dedicated","smtp-user-console-login","console-self-provision-incomplete","console-self-provision-unscoped","smtp-username-not-access-key-id","smtp-password-region-mismatch","smtp-password-legacy","smtp-temporary-credentials","hardcoded-aws-credentials","hardcoded-smtp-password","credential-in-output","credential-in-plaintext","credential-in-state","smtp-condition-never-matches","smtp-resource-scope-gap","unknown-ses-action","smtp-policy-on-user","credential-pair-mismatch","ses-endpoint-mismatch","hardcoded-console-password"]},"additionalProperties":{"$ref":"#/$defs/rule"}},"smtpUsers":{"type":"array","items":{"$ref":"#/$defs/name"}},"allowedActions":{"type":"object","additionalProperties":{"type":"array","items":{"$ref":"#/$defs/action"}}},"selfProvision":{"enum":["document","current","off"]},"selfProvisionUsers":{"type":"array","items":{"$ref":"#/$defs/name"}},"sensitiveOutputs":{"type":"boolean"},"settingNames":{"type":"object","properties":{"smtpPassword":{"type":"array","items":{"$ref":"#/$defs/settingName"}},"smtpUser":{"type":"array","items":{"$ref":"#/$defs/settingName"}},"smtpHost":{"type":"array","items":{"$ref":"#/$defs/settingName"}},"awsSecretAccessKey":{"type":"array","items":{"$ref":"#/$defs/settingName"}},"awsAccessKeyId":{"type":"array","items":{"$ref":"#/$defs/settingName"}}},"propertyNames":{"enum":["smtpPassword","smtpUser","smtpHost","awsSecretAccessKey","awsAccessKeyId"]}}},"propertyNames":{"enum":["$schema","paths","exclude","failOn","rules","smtpUsers","allowedActions","selfProvision","selfProvisionUsers","sensitiveOutputs","settingNames"]},"$defs":{"name":{"type":"string","pattern":"\\S"},"glob":{"type":"string","pattern":"^(?=.*\\S)(?=[^]{1,300}$)(?:[^*]|[*](?![*]))*(?:[*]{2}(?:[^*]|[*](?![*]))*){0,3}$"},"settingName":{"type":"string","pattern":"[A-Za-z0-9]"},"action":{"type":"string","pattern":"^(?:[*]|[A-Za-z0-9-]{1,100}:[A-Za-z0-9*?]{1,100})$"},"rule":{"if":{"type":"object"},"then":{"type":"object","properties":{"level":{"enum":["error","warning","note","off","on"]}},"propertyNames":{"enum":["level"]},"required":["level"]},"else":{"enum":["error","warning","note","off","on"]}}}};
const schema7 = {"type":"string","pattern":"^(?=.*\\S)(?=[^]{1,300}$)(?:[^*]|[*](?![*]))*(?:[*]{2}(?:[^*]|[*](?![*]))*){0,3}$"};
const pattern0 = new RegExp("^(?=.*\\S)(?=[^]{1,300}$)(?:[^*]|[*](?![*]))*(?:[*]{2}(?:[^*]|[*](?![*]))*){0,3}$", "u");

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern0.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^(?=.*\\S)(?=[^]{1,300}$)(?:[^*]|[*](?![*]))*(?:[*]{2}(?:[^*]|[*](?![*]))*){0,3}$"},message:"must match pattern \""+"^(?=.*\\S)(?=[^]{1,300}$)(?:[^*]|[*](?![*]))*(?:[*]{2}(?:[^*]|[*](?![*]))*){0,3}$"+"\""};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate22.errors = vErrors;
return errors === 0;
}

const schema8 = {"if":{"type":"object"},"then":{"type":"object","properties":{"level":{"enum":["error","warning","note","off","on"]}},"propertyNames":{"enum":["level"]},"required":["level"]},"else":{"enum":["error","warning","note","off","on"]}};

function validate25(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs0 = errors;
let valid0 = true;
const _errs1 = errors;
if(!(data && typeof data == "object" && !Array.isArray(data))){
const err0 = {};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
var _valid0 = _errs1 === errors;
errors = _errs0;
if(vErrors !== null){
if(_errs0){
vErrors.length = _errs0;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.level === undefined){
const err1 = {instancePath,schemaPath:"#/then/required",keyword:"required",params:{missingProperty: "level"},message:"must have required property '"+"level"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
const _errs5 = errors;
if(!(key0 === "level")){
const err2 = {instancePath,schemaPath:"#/then/propertyNames/enum",keyword:"enum",params:{allowedValues: schema8.then.propertyNames.enum},message:"must be equal to one of the allowed values",propertyName:key0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
var valid1 = _errs5 === errors;
if(!valid1){
const err3 = {instancePath,schemaPath:"#/then/propertyNames",keyword:"propertyNames",params:{propertyName: key0},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.level !== undefined){
let data0 = data.level;
if(!(((((data0 === "error") || (data0 === "warning")) || (data0 === "note")) || (data0 === "off")) || (data0 === "on"))){
const err4 = {instancePath:instancePath+"/level",schemaPath:"#/then/properties/level/enum",keyword:"enum",params:{allowedValues: schema8.then.properties.level.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
else {
const err5 = {instancePath,schemaPath:"#/then/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
var _valid0 = _errs3 === errors;
valid0 = _valid0;
ifClause0 = "then";
}
else {
const _errs7 = errors;
if(!(((((data === "error") || (data === "warning")) || (data === "note")) || (data === "off")) || (data === "on"))){
const err6 = {instancePath,schemaPath:"#/else/enum",keyword:"enum",params:{allowedValues: schema8.else.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
var _valid0 = _errs7 === errors;
valid0 = _valid0;
ifClause0 = "else";
}
if(!valid0){
const err7 = {instancePath,schemaPath:"#/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate25.errors = vErrors;
return errors === 0;
}

const schema9 = {"type":"string","pattern":"\\S"};
const pattern1 = new RegExp("\\S", "u");

function validate27(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern1.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate27.errors = vErrors;
return errors === 0;
}

const schema10 = {"type":"string","pattern":"^(?:[*]|[A-Za-z0-9-]{1,100}:[A-Za-z0-9*?]{1,100})$"};
const pattern2 = new RegExp("^(?:[*]|[A-Za-z0-9-]{1,100}:[A-Za-z0-9*?]{1,100})$", "u");

function validate29(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern2.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^(?:[*]|[A-Za-z0-9-]{1,100}:[A-Za-z0-9*?]{1,100})$"},message:"must match pattern \""+"^(?:[*]|[A-Za-z0-9-]{1,100}:[A-Za-z0-9*?]{1,100})$"+"\""};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate29.errors = vErrors;
return errors === 0;
}

const schema11 = {"type":"string","pattern":"[A-Za-z0-9]"};
const pattern3 = new RegExp("[A-Za-z0-9]", "u");

function validate32(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern3.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "[A-Za-z0-9]"},message:"must match pattern \""+"[A-Za-z0-9]"+"\""};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate32.errors = vErrors;
return errors === 0;
}


function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="https://raw.githubusercontent.com/ses-cred-lint/ses-cred-lint/main/docs/schema/configuration-v1.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
const _errs1 = errors;
if(!(((((((((((key0 === "$schema") || (key0 === "paths")) || (key0 === "exclude")) || (key0 === "failOn")) || (key0 === "rules")) || (key0 === "smtpUsers")) || (key0 === "allowedActions")) || (key0 === "selfProvision")) || (key0 === "selfProvisionUsers")) || (key0 === "sensitiveOutputs")) || (key0 === "settingNames"))){
const err0 = {instancePath,schemaPath:"#/propertyNames/enum",keyword:"enum",params:{allowedValues: schema6.propertyNames.enum},message:"must be equal to one of the allowed values",propertyName:key0};
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
if(!(validate22(data1[i0], {instancePath:instancePath+"/paths/" + i0,parentData:data1,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath:instancePath+"/paths",schemaPath:"#/properties/paths/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.exclude !== undefined){
let data3 = data.exclude;
if(Array.isArray(data3)){
if(data3.length > 1000){
const err6 = {instancePath:instancePath+"/exclude",schemaPath:"#/properties/exclude/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
const len1 = data3.length;
for(let i1=0; i1<len1; i1++){
if(!(validate22(data3[i1], {instancePath:instancePath+"/exclude/" + i1,parentData:data3,parentDataProperty:i1,rootData}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
}
else {
const err7 = {instancePath:instancePath+"/exclude",schemaPath:"#/properties/exclude/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.failOn !== undefined){
let data5 = data.failOn;
if(!((((data5 === "error") || (data5 === "warning")) || (data5 === "note")) || (data5 === "never"))){
const err8 = {instancePath:instancePath+"/failOn",schemaPath:"#/properties/failOn/enum",keyword:"enum",params:{allowedValues: schema6.properties.failOn.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.rules !== undefined){
let data6 = data.rules;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
for(const key1 in data6){
const _errs13 = errors;
if(!((((((((((((((((((((((((((((key1 === "root-access-key") || (key1 === "root-caller-identity")) || (key1 === "smtp-password-is-secret-key")) || (key1 === "smtp-password-as-secret-key")) || (key1 === "console-user-list-users")) || (key1 === "sender-admin-permissions")) || (key1 === "smtp-user-excess-permissions")) || (key1 === "smtp-user-cannot-send")) || (key1 === "smtp-user-not-dedicated")) || (key1 === "smtp-user-console-login")) || (key1 === "console-self-provision-incomplete")) || (key1 === "console-self-provision-unscoped")) || (key1 === "smtp-username-not-access-key-id")) || (key1 === "smtp-password-region-mismatch")) || (key1 === "smtp-password-legacy")) || (key1 === "smtp-temporary-credentials")) || (key1 === "hardcoded-aws-credentials")) || (key1 === "hardcoded-smtp-password")) || (key1 === "credential-in-output")) || (key1 === "credential-in-plaintext")) || (key1 === "credential-in-state")) || (key1 === "smtp-condition-never-matches")) || (key1 === "smtp-resource-scope-gap")) || (key1 === "unknown-ses-action")) || (key1 === "smtp-policy-on-user")) || (key1 === "credential-pair-mismatch")) || (key1 === "ses-endpoint-mismatch")) || (key1 === "hardcoded-console-password"))){
const err9 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/propertyNames/enum",keyword:"enum",params:{allowedValues: schema6.properties.rules.propertyNames.enum},message:"must be equal to one of the allowed values",propertyName:key1};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
var valid6 = _errs13 === errors;
if(!valid6){
const err10 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
for(const key2 in data6){
if(!(validate25(data6[key2], {instancePath:instancePath+"/rules/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data6,parentDataProperty:key2,rootData}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
}
}
else {
const err11 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.smtpUsers !== undefined){
let data8 = data.smtpUsers;
if(Array.isArray(data8)){
const len2 = data8.length;
for(let i2=0; i2<len2; i2++){
if(!(validate27(data8[i2], {instancePath:instancePath+"/smtpUsers/" + i2,parentData:data8,parentDataProperty:i2,rootData}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
}
else {
const err12 = {instancePath:instancePath+"/smtpUsers",schemaPath:"#/properties/smtpUsers/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.allowedActions !== undefined){
let data10 = data.allowedActions;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
for(const key3 in data10){
let data11 = data10[key3];
if(Array.isArray(data11)){
const len3 = data11.length;
for(let i3=0; i3<len3; i3++){
if(!(validate29(data11[i3], {instancePath:instancePath+"/allowedActions/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i3,parentData:data11,parentDataProperty:i3,rootData}))){
vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
errors = vErrors.length;
}
}
}
else {
const err13 = {instancePath:instancePath+"/allowedActions/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/allowedActions/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
else {
const err14 = {instancePath:instancePath+"/allowedActions",schemaPath:"#/properties/allowedActions/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.selfProvision !== undefined){
let data13 = data.selfProvision;
if(!(((data13 === "document") || (data13 === "current")) || (data13 === "off"))){
const err15 = {instancePath:instancePath+"/selfProvision",schemaPath:"#/properties/selfProvision/enum",keyword:"enum",params:{allowedValues: schema6.properties.selfProvision.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.selfProvisionUsers !== undefined){
let data14 = data.selfProvisionUsers;
if(Array.isArray(data14)){
const len4 = data14.length;
for(let i4=0; i4<len4; i4++){
if(!(validate27(data14[i4], {instancePath:instancePath+"/selfProvisionUsers/" + i4,parentData:data14,parentDataProperty:i4,rootData}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
}
else {
const err16 = {instancePath:instancePath+"/selfProvisionUsers",schemaPath:"#/properties/selfProvisionUsers/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.sensitiveOutputs !== undefined){
if(typeof data.sensitiveOutputs !== "boolean"){
const err17 = {instancePath:instancePath+"/sensitiveOutputs",schemaPath:"#/properties/sensitiveOutputs/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.settingNames !== undefined){
let data17 = data.settingNames;
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
for(const key4 in data17){
const _errs33 = errors;
if(!(((((key4 === "smtpPassword") || (key4 === "smtpUser")) || (key4 === "smtpHost")) || (key4 === "awsSecretAccessKey")) || (key4 === "awsAccessKeyId"))){
const err18 = {instancePath:instancePath+"/settingNames",schemaPath:"#/properties/settingNames/propertyNames/enum",keyword:"enum",params:{allowedValues: schema6.properties.settingNames.propertyNames.enum},message:"must be equal to one of the allowed values",propertyName:key4};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
var valid15 = _errs33 === errors;
if(!valid15){
const err19 = {instancePath:instancePath+"/settingNames",schemaPath:"#/properties/settingNames/propertyNames",keyword:"propertyNames",params:{propertyName: key4},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data17.smtpPassword !== undefined){
let data18 = data17.smtpPassword;
if(Array.isArray(data18)){
const len5 = data18.length;
for(let i5=0; i5<len5; i5++){
if(!(validate32(data18[i5], {instancePath:instancePath+"/settingNames/smtpPassword/" + i5,parentData:data18,parentDataProperty:i5,rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err20 = {instancePath:instancePath+"/settingNames/smtpPassword",schemaPath:"#/properties/settingNames/properties/smtpPassword/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data17.smtpUser !== undefined){
let data20 = data17.smtpUser;
if(Array.isArray(data20)){
const len6 = data20.length;
for(let i6=0; i6<len6; i6++){
if(!(validate32(data20[i6], {instancePath:instancePath+"/settingNames/smtpUser/" + i6,parentData:data20,parentDataProperty:i6,rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err21 = {instancePath:instancePath+"/settingNames/smtpUser",schemaPath:"#/properties/settingNames/properties/smtpUser/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data17.smtpHost !== undefined){
let data22 = data17.smtpHost;
if(Array.isArray(data22)){
const len7 = data22.length;
for(let i7=0; i7<len7; i7++){
if(!(validate32(data22[i7], {instancePath:instancePath+"/settingNames/smtpHost/" + i7,parentData:data22,parentDataProperty:i7,rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err22 = {instancePath:instancePath+"/settingNames/smtpHost",schemaPath:"#/properties/settingNames/properties/smtpHost/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data17.awsSecretAccessKey !== undefined){
let data24 = data17.awsSecretAccessKey;
if(Array.isArray(data24)){
const len8 = data24.length;
for(let i8=0; i8<len8; i8++){
if(!(validate32(data24[i8], {instancePath:instancePath+"/settingNames/awsSecretAccessKey/" + i8,parentData:data24,parentDataProperty:i8,rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err23 = {instancePath:instancePath+"/settingNames/awsSecretAccessKey",schemaPath:"#/properties/settingNames/properties/awsSecretAccessKey/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data17.awsAccessKeyId !== undefined){
let data26 = data17.awsAccessKeyId;
if(Array.isArray(data26)){
const len9 = data26.length;
for(let i9=0; i9<len9; i9++){
if(!(validate32(data26[i9], {instancePath:instancePath+"/settingNames/awsAccessKeyId/" + i9,parentData:data26,parentDataProperty:i9,rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err24 = {instancePath:instancePath+"/settingNames/awsAccessKeyId",schemaPath:"#/properties/settingNames/properties/awsAccessKeyId/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
else {
const err25 = {instancePath:instancePath+"/settingNames",schemaPath:"#/properties/settingNames/type",keyword:"type",params:{type: "object"},message:"must be object"};
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
const err26 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
validate21.errors = vErrors;
return errors === 0;
}
